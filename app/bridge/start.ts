import { openAtUs, scenario } from 'virtual:opening'
import { createLabClient } from '../../workers/browser/client.ts'
import { useLab } from '../state/lab.ts'
import { openRun } from './actions.ts'
import { engine, sentenceOf } from './engine.ts'
import { follow } from './follow.ts'
import { exposeLab } from './labWindow.ts'
import { keepSession, sessionCode } from './session.ts'
import { codeInAddress, openCode } from './share.ts'

/** From an empty page to a running swarm: a link in the address wins, then work before a reload, then the default. */
export async function start(): Promise<void> {
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
  const opened = (await openFromAddress()) || (await openFromSession()) || (await openDefault())
  if (opened) keepSession()
  addEventListener('hashchange', () => void openFromAddress())
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
  const saved = sessionCode()
  // A reload after further work on a link: the work wins over the link it came from.
  const newest = saved?.address === location.hash ? saved.code : code
  const opened = await openCode(newest, { play: saved?.code === newest && saved.playing, fromAddress: true })
  if (opened.ok) return true
  useLab.getState().toast('error', opened.error)
  return false
}

async function openFromSession(): Promise<boolean> {
  const saved = sessionCode()
  if (saved === null || saved.address !== '') return false
  return (await openCode(saved.code, { play: saved.playing })).ok
}

async function openDefault(): Promise<boolean> {
  if (useLab.getState().scenario !== null && useLab.getState().opened !== null) return true
  return openRun(scenario, { timeUs: openAtUs, play: true })
}
