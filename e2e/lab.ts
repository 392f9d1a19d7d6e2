import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { LabState, OpenNamed } from '../app/bridge/labWindow.ts'
import type { StageStats } from '../app/scene/types.ts'

export interface Address {
  /** How many workers; as many as the scenario is worth where left out. */
  readonly workers?: number
  /** Without shared memory, whatever the page could have. */
  readonly compat?: boolean
  /** A link's part behind `#s=`. */
  readonly code?: string
}

/** The page as the tests use it. */
export class Lab {
  /** Everything that the page printed as an error or threw, oldest first. */
  readonly errors: string[] = []
  readonly canvas: Locator
  /** The part of the page that single letters act in. */
  readonly stage: Locator
  readonly caption: Locator
  /** Errors on screen, one sentence each. */
  readonly alerts: Locator
  readonly crashButton: Locator
  readonly time: Locator
  private readonly forgiven: RegExp[] = []

  constructor(readonly page: Page) {
    this.canvas = page.locator('canvas').first()
    this.stage = page.getByRole('group', { name: /^Stage/ })
    this.caption = page.locator('.caption-line')
    this.alerts = page.getByRole('region', { name: 'Messages to you' }).getByRole('alert')
    this.crashButton = page.getByRole('button', { name: /^Crash the leader/ })
    this.time = page.getByRole('slider', { name: 'Virtual time' })
    page.on('pageerror', (error) => this.complain(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complain(message.text())
    })
  }

  private complain(text: string): void {
    if (!this.forgiven.some((pattern) => pattern.test(text))) this.errors.push(text)
  }

  /** What a test provokes on purpose is not the page's fault. */
  forgive(pattern: RegExp): void {
    this.forgiven.push(pattern)
  }

  /** Loads the page, and resolves once it answers to programs. `at` is the lab's own address where left out. */
  async load({ workers, compat, code }: Address = {}, at = './'): Promise<void> {
    const query = [...(workers === undefined ? [] : [`workers=${workers}`]), ...(compat ? ['compat'] : [])].join('&')
    await this.page.goto(`${at}${query && `?${query}`}${code === undefined ? '' : `#s=${code}`}`)
    await this.page.waitForFunction(() => window.__lab !== undefined)
  }

  /** Resolves once a scenario stands on the stage. */
  async opened(): Promise<void> {
    await this.page.waitForFunction(() => {
      const state = window.__lab?.state()
      return state !== undefined && state.scenario !== null && !state.opening && state.workers > 0
    })
  }

  /**
   * Opens a built-in scenario by name, paused at `timeUs` (0 where left out); loads the page where that has not been
   * done.
   */
  async open(scenario: string, options: OpenNamed = {}): Promise<void> {
    if (this.page.url() === 'about:blank') await this.load()
    await this.opened() // what the page opens by itself must not come after
    const found = await this.page.evaluate(([name, opts]) => window.__lab!.open(name as string, opts as OpenNamed), [
      scenario,
      options,
    ] as readonly unknown[])
    expect(found, `${scenario} is built in and starts`).toBe(true)
    await this.atTime(options.timeUs ?? 0)
  }

  /** Resolves once the page knows that the run stands at `timeUs`. */
  async atTime(timeUs: number): Promise<void> {
    await expect.poll(async () => (await this.state()).timeUs).toBe(timeUs)
  }

  /** Runs to the virtual time, draws exactly one frame, and resolves after the draw. */
  async renderAt(timeUs: number): Promise<void> {
    await this.page.evaluate((time) => window.__lab!.renderAt(time), timeUs)
    await this.atTime(timeUs)
  }

  /** Digest at the current cut. */
  digest(): Promise<string> {
    return this.page.evaluate(() => window.__lab!.digest())
  }

  state(): Promise<LabState> {
    return this.page.evaluate(() => window.__lab!.state())
  }

  stats(): Promise<StageStats | null> {
    return this.page.evaluate(() => window.__lab!.stats() as StageStats | null)
  }

  isBlank(): Promise<boolean> {
    return this.page.evaluate(() => window.__lab!.isBlank())
  }

  /** A panel by its title, opened where it is not. */
  async panel(title: string): Promise<Locator> {
    const button = this.page
      .getByRole('button', { name: new RegExp(`^${title}`) })
      .and(this.page.locator('.rail-button'))
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
    const panel = this.page.getByRole('region', { name: title, exact: true })
    await expect(panel).toBeVisible()
    return panel
  }

  /** Pauses where it runs. */
  async pause(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Pause', exact: true })
    if (await button.isVisible()) await button.click()
    await expect(this.page.getByRole('button', { name: 'Go', exact: true })).toBeVisible()
  }

  go(): Promise<void> {
    return this.page.getByRole('button', { name: 'Go', exact: true }).click()
  }

  /** The time goes on, from wherever it stands. */
  async runs(): Promise<void> {
    let before = Infinity
    await expect
      .poll(async () => {
        const { timeUs, playing } = await this.state()
        const moved = playing && timeUs > before
        before = timeUs
        return moved
      })
      .toBe(true)
  }

  /** Whether pictures here can be compared: only SwiftShader gives the same pixels everywhere. */
  rendererIsSwiftShader(): Promise<boolean> {
    return this.page.evaluate(() => {
      const gl = document.createElement('canvas').getContext('webgl2')
      const info = gl?.getExtension('WEBGL_debug_renderer_info')
      return gl && info ? /swiftshader/i.test(String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL))) : false
    })
  }
}

export const test = base.extend<{ lab: Lab }>({
  lab: async ({ page }, use) => {
    const lab = new Lab(page)
    await use(lab)
    expect(lab.errors, 'the page printed no error').toEqual([])
  },
})

export { expect }
