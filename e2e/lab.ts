import { test as base, expect, type Locator, type Page } from '@playwright/test'

/** What the page offers to other programs as `window.__lab`. */
interface LabWindow {
  readonly __lab?: {
    open(name: string, options?: { readonly seed?: number }): Promise<unknown>
    renderAt(timeUs: number): Promise<unknown>
    digest(): Promise<string>
  }
}

/** The page as the tests use it. */
export class Lab {
  /** Everything that the page printed as an error or threw, oldest first. */
  readonly errors: string[] = []
  readonly stage: Locator

  constructor(readonly page: Page) {
    this.stage = page.locator('canvas').first()
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text())
    })
  }

  /** Loads the page, and resolves once it answers to programs. `fragment` is what a link carries after #. */
  async load(fragment = ''): Promise<void> {
    await this.page.goto(`./${fragment === '' ? '' : `#${fragment}`}`)
    await this.page.waitForFunction(() => (globalThis as unknown as LabWindow).__lab !== undefined)
  }

  /** Opens a built-in scenario by name and pauses it at time 0. */
  async open(scenario: string, options: { readonly seed?: number } = {}): Promise<void> {
    await this.load()
    await this.page.evaluate(([name, opts]) => (globalThis as unknown as LabWindow).__lab!.open(name, opts), [
      scenario,
      options,
    ] as const)
  }

  /** Runs to the virtual time, draws exactly one frame, and resolves after the draw. */
  async renderAt(timeUs: number): Promise<void> {
    await this.page.evaluate((time) => (globalThis as unknown as LabWindow).__lab!.renderAt(time), timeUs)
  }

  /** Digest at the current cut. */
  digest(): Promise<string> {
    return this.page.evaluate(() => (globalThis as unknown as LabWindow).__lab!.digest())
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
