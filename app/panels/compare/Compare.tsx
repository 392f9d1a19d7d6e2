import '../panels.css'
import '../overlays.css'
import '../readings.css'
import './compare.css'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { addressNow, enter, leave } from '../../bridge/compareWork.ts'
import { step, stages, toggle, undo } from '../../bridge/compare.ts'
import { exposeCompare } from './compareWindow.ts'
import { LETTERS, SIDES_MAX, useCompare, type Side } from '../../state/compare.ts'
import { actionOf, type KeyAction } from '../../state/keys.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ActMenu } from './ActMenu.tsx'
import { AddSetUp } from './AddSetUp.tsx'
import { CompareDock } from './CompareDock.tsx'
import { Findings } from './Findings.tsx'
import { SideView } from './SideView.tsx'
import { titlesOf } from './titles.ts'

/** Two to four set-ups side by side under one clock and one camera, over the single view, which stands still below. */
export default function Compare({ onClose }: { onClose(): void }) {
  const root = useRef<HTMLDivElement>(null)
  const sides = useCompare((s) => s.sides)
  const adding = useCompare((s) => s.adding)
  const pointed = useCompare((s) => s.pointed)
  const titles = useTitles(sides)
  useAlone(root)
  useCompareKeys(root)
  useEffect(() => {
    void enter()
    const hide = exposeCompare()
    return () => {
      hide()
      leave()
    }
  }, [])
  return (
    <div ref={root} className="compare" role="dialog" aria-modal="true" aria-label="Compare" tabIndex={-1}>
      <CompareBar onClose={onClose} />
      <div className={`compare-body compare-${sides.length + (adding ? 1 : 0)}`}>
        <div className="compare-stages">
          {sides.map((side, i) => (
            <SideView key={side.id} side={side} letter={LETTERS[i]!} title={titles[i] ?? ''} first={i === 0} />
          ))}
          {adding && sides.length < SIDES_MAX && <AddSetUp />}
        </div>
        {sides.length > 1 && <Findings titles={titles} />}
      </div>
      <CompareDock />
      {pointed && <ActMenu key={JSON.stringify(pointed)} at={pointed} />}
    </div>
  )
}

/** A scenario and a log stay the same objects as long as nothing is done: titles are made anew only then. */
function useTitles(sides: readonly Side[]): readonly string[] {
  const known = useRef<{ of: readonly object[]; titles: readonly string[] }>({ of: [], titles: [] })
  const of = sides.flatMap(({ scenario, log }) => [scenario, log])
  const same = of.length === known.current.of.length && of.every((value, i) => value === known.current.of[i])
  if (!same) known.current = { of, titles: titlesOf(sides) }
  return known.current.titles
}

function CompareBar({ onClose }: { onClose(): void }) {
  const title = useCompare((s) => s.sides[0]?.scenario.title ?? '…')
  const seed = useCompare((s) => s.sides[0]?.scenario.seed)
  const sameSeed = useCompare((s) => s.sides.every(({ scenario }) => scenario.seed === s.sides[0]!.scenario.seed))
  const count = useCompare((s) => s.sides.length)
  const adding = useCompare((s) => s.adding)
  return (
    <header className="header compare-bar">
      <span className="brand">
        <Icon name="compare" size={18} />
        <span className="brand-name">Compare</span>
      </span>
      <h1 className="title title-text">{title}</h1>
      {seed !== undefined && sameSeed && (
        <span className="quiet compare-seed">
          seed <span className="mono">{seed}</span>
          {count > 1 && ' for all'}
        </span>
      )}
      <span className="spacer" />
      <Button
        look="quiet"
        aria-expanded={adding}
        aria-label="Add a set-up"
        disabled={count >= SIDES_MAX || count === 0}
        onClick={() => useCompare.setState({ adding: !adding })}
      >
        <Icon name="plus" size={15} />
        <span className="header-word">Add a set-up</span>
      </Button>
      {count > 1 && <ShareComparison />}
      <Button aria-label="Close the comparison" onClick={onClose}>
        <Icon name="close" size={15} />
        <span className="header-word">Close</span>
      </Button>
    </header>
  )
}

function ShareComparison() {
  const [copied, setCopied] = useState(false)
  const toast = useLab((s) => s.toast)
  const copy = async (): Promise<void> => {
    const made = await addressNow()
    if ('error' in made) return toast('error', made.error)
    try {
      await navigator.clipboard.writeText(made.address)
      setCopied(true)
      setTimeout(() => setCopied(false), 2_000)
    } catch {
      history.replaceState(history.state, '', new URL(made.address).hash)
      toast('note', 'The browser did not allow copying; the link is in the address line.')
    }
  }
  return (
    <Button look="quiet" aria-label={copied ? 'Copied' : 'Copy link to this comparison'} onClick={() => void copy()}>
      <Icon name="share" size={15} />
      <span className="header-word" aria-live="polite">
        {copied ? 'Copied' : 'Copy link'}
      </span>
    </Button>
  )
}

/** Nothing else on the page can be reached meanwhile, by pointer, key or screen reader; focus comes back afterwards. */
function useAlone(root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const here = root.current!
    const before = document.activeElement
    const others = [...(here.parentElement?.children ?? [])].filter((element) => element !== here)
    for (const element of others) element.setAttribute('inert', '')
    here.focus({ preventScroll: true })
    return () => {
      for (const element of others) element.removeAttribute('inert')
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [root])
}

const KEYS: { readonly [A in KeyAction]?: () => unknown } = {
  toggle,
  step: () => step(1),
  stepBack: () => step(-1),
  undo,
  topView: () => stages.values().next().value?.topView(),
  home: () => stages.values().next().value?.home(),
}

/** The single view's keys for time and camera, while no control has the focus. */
function useCompareKeys(root: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const here = root.current!
    const onKey = (e: KeyboardEvent): void => {
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return
      if (e.key === 'Escape' && useCompare.getState().adding && useCompare.getState().sides.length > 1)
        return useCompare.setState({ adding: false })
      const at = e.target instanceof HTMLElement ? e.target : null
      if (at !== here && !at?.closest('.stage')) return
      const action = actionOf(useLab.getState().keys, e.key)
      const act = action === null ? undefined : KEYS[action]
      if (!act) return
      e.preventDefault()
      void act()
    }
    here.addEventListener('keydown', onKey)
    return () => here.removeEventListener('keydown', onKey)
  }, [root])
}
