import { openAtUs, scenario } from 'virtual:opening'
import { createLabClient } from '../../workers/browser/client.ts'
import { useLab } from '../state/lab.ts'
import { openRun } from './actions.ts'
import { engine, sentenceOf } from './engine.ts'
import { follow } from './follow.ts'
import { exposeLab } from './labWindow.ts'
import { pictured } from './pictured.ts'
import { codeInAddress, openCode } from './share.ts'

/** From an empty page to a running swarm: work before a reload, else the link in the address, else the default. */
export async function start(): Promise<void> {
  const work = import('./session.ts')
  let unfollow = (): void => {}
  engine.connect = async () => {
    unfollow()
    unfollow = follow(await createLabClient(optionsOf(new URLSearchParams(location.search))))
  }
  try {
    await engine.connect()
  } catch (error) {
    useLab.getState().toast('error', `The workers could not start: ${sentenceOf(error)}`)
    return
  }
  exposeLab()
  const opened = (await (await work).restore()) || (await openFromAddress()) || (await openDefault())
  if (opened) (await work).keepSession(openFromAddress)
  void pictured().then(async () => (await import('./compareKept.ts')).reopenComparison())
  addEventListener('pagehide', (e: PageTransitionEvent) => {
    if (!e.persisted) engine.client?.dispose()
  })
}

/** `?workers=1&compat` for those who compare layouts; the results are the same. */
export function optionsOf(query: URLSearchParams): { workers?: number | 'auto'; compat?: boolean } {
  const workers = Number(query.get('workers'))
  return {
    workers: Number.isInteger(workers) && workers >= 1 && workers <= 64 ? workers : 'auto',
    ...(query.has('compat') ? { compat: true } : {}),
  }
}

async function openFromAddress(): Promise<boolean> {
  const code = codeInAddress(location.hash)
  if (code === null) return false
  const opened = await openCode(code, { here: true })
  if (!opened.ok) useLab.getState().toast('error', opened.error)
  return opened.ok
}

async function openDefault(): Promise<boolean> {
  if (useLab.getState().scenario !== null && useLab.getState().opened !== null) return true
  return openRun(scenario, { timeUs: openAtUs, play: true })
}
