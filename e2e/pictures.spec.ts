import { PRESETS } from '../engine/scenario/presets/index.ts'
import { expect, test, type Lab } from './lab.ts'

/**
 * One picture a scenario at an exact virtual time, and a few of the whole page. Golden files; looked at, not only
 * compared. Renew them with `npx playwright test -c e2e pictures --update-snapshots`, and look.
 */

/** A moment of each scenario that tells its story. Every listed scenario has one. */
const MOMENTS: Readonly<Record<string, number>> = {
  'first-swarm': 3_300_000, // the leader's heartbeats on their way, the swarm in its colour
  'raft-regions': 7_120_000, // votes cross the world after the crash
  'raft-lan': 1_168_000, // a candidate asks nine others while the old leader lies broken
  'raft-partition': 3_000_000, // two leaders, one of whom nobody hears
  'election-timing': 8_230_000, // the first to notice leads, and the news is on its way
  'ring-election': 700_000, // the winner's news on its way round
  percolation: 150_000, // the first flood on its way through the large cluster
  'small-world': 120_000, // a flood has come upon its first shortcuts
  'topology-zoo': 2_472_000, // numbers on their way to the mean
  'skewed-clocks': 3_202_000, // the hasty server asks for votes while everybody else still hears the leader
  breaker: 5_500_000, // callers stand as high as the dead server fails them; most have stopped asking
  auction: 900_000, // most are served, and one who was outbid looks round the objects
  'second-price': 2_050_000, // the bids are in, and the seller tells who won
  'job-log': 6_000_000, // eighteen jobs at the scheduler, and most nodes with one
  predictive: 10_950_000, // a turn is about to end, and idle workers get ready for the next kind
  'rush-hour': 7_000_000, // the pile waits, worker 2 gets nothing, and the slow one keeps what it has
  'wide-tasks': 13_500_000, // lines everywhere, and idle slots beside them
  credits: 8_500_000, // the credits wait at the slow stage, and the row behind it runs dry
  boids: 26_000_000, // three flocks, two of them on their way round the rock
  'boids-100k': 6_000_000, // patches of one direction everywhere
  'tree-sync': 2_712_000, // an order on its way down, past the agent that crashed
  'mesh-broadcast': 1_130_000, // half of them have the news, the stragglers are still on their way
  'topology-cost': 2_210_000, // everybody's report on its way to the first
  swim: 5_200_000, // the suspicion spreads from the first that got no answer
  'phi-accrual': 4_200_000, // the three that listen to the silent agent are sure by now
  churn: 16_400_000, // a newcomer is greeted while a failed agent and one that left are suspected
  vicsek: 3_000_000, // neighbours agree, and not yet the whole crowd
  couzin: 95_000_000, // the torus
  'task-affinity': 20_000_000, // the groups on their way to where their tasks are done
  formation: 6_600_000, // five have fallen out, and those behind them move up
  ants: 7_500_000, // trails to two piles, one of them round the stone
  'scent-tasks': 28_000_000, // some work on the hills, others circle round false scents
  physarum: 28_000_000, // the hole is healed, and a vein runs round the obstacle
  'pheromone-field': 24_000_000, // the wind carries the plumes, one of them round the obstacle
  'push-gossip': 1_030_000, // nearly half have heard it, and the calls cross the whole swarm
  'double-bridge': 310_000_000, // something lies on the arm that had won: all on it turn round and take the other
  'bridge-evaporation': 395_000_000, // the trail at its strongest, just before it begins to fade fast
  'work-stealing': 120_000, // nearly everybody has something to do, some still ask
  'topology-fit': 1_330_000, // the middle layers: results cross the whole mesh
  graham: 1_200_000, // the long job alone, and seven machines that watch
  'bridge-lengths': 1_100_000_000, // the short arm is full of ants, the long one nearly empty
  drf: 8_000_000, // one user lies down, its share is among the others; all stand equally high
  erlang: 17_600_000, // long lines in front of some workers, nothing in front of others
  priorities: 9_500_000, // every worker with a line, whose last waits longest
  'two-choices': 6_900_000, // one choice: a few very long lines, and idle workers between them
  aimd: 11_000_000, // five equal flows and the place of the one that is away
}

/** Another version of the browser may draw text with another edge; a panel in the wrong place is far above this. */
const WHOLE_PAGE = { maxDiffPixelRatio: 0.02, threshold: 0.3 } as const

async function comparable(lab: Lab): Promise<void> {
  await lab.load()
  test.skip(!(await lab.rendererIsSwiftShader()), 'Pictures are compared on SwiftShader only: other renderers differ.')
}

/** Fonts are there and nothing is on its way in or out. */
async function settled(lab: Lab): Promise<void> {
  await lab.page.evaluate(() => document.fonts.ready)
  await lab.page.mouse.move(0, 0)
  await expect(lab.page.getByRole('status').and(lab.page.locator('.toast'))).toHaveCount(0)
}

test('every scenario has its moment', () => {
  expect(Object.keys(MOMENTS).sort()).toEqual(PRESETS.map((p) => p.scenario.name).sort())
})

test.describe('the stage', () => {
  test.use({ viewport: { width: 1080, height: 720 } })
  for (const { scenario } of PRESETS)
    test(`the stage of ${scenario.name}: "${scenario.title}"`, async ({ lab }) => {
      await comparable(lab)
      await lab.open(scenario.name)
      await lab.renderAt(MOMENTS[scenario.name]!)
      expect(await lab.isBlank(), 'the context lives and the picture is not blank').toBe(false)
      await settled(lab)
      const stylePath = new URL('canvasOnly.css', import.meta.url).pathname
      await expect(lab.canvas).toHaveScreenshot(`${scenario.name}.png`, { stylePath })
    })
})

test('the page: the opening scene as a stranger sees it', async ({ lab }) => {
  await comparable(lab)
  await lab.open('first-swarm')
  await lab.renderAt(3_300_000)
  await settled(lab)
  await expect(lab.page).toHaveScreenshot('page-opening.png', WHOLE_PAGE)
})

test('the page: the election, with faults and timeline open', async ({ lab }) => {
  await comparable(lab)
  await lab.open('first-swarm')
  await lab.renderAt(4_250_000)
  await lab.panel('Faults')
  await lab.page.getByRole('button', { name: 'Timeline and charts' }).click()
  await expect(lab.page.locator('.chart-row canvas').first()).toBeVisible()
  await lab.renderAt(4_250_000)
  await settled(lab)
  await expect(lab.page).toHaveScreenshot('page-election.png', WHOLE_PAGE)
})

test('the page: the gallery and an agent under inspection', async ({ lab }) => {
  await comparable(lab)
  await lab.open('raft-partition')
  await lab.renderAt(3_000_000)
  await lab.panel('Scenarios')
  const inspect = await lab.panel('Inspect')
  await inspect.getByRole('listitem').nth(1).getByRole('button').click()
  await expect(inspect.getByRole('heading', { name: 'raft' })).toBeVisible()
  await lab.renderAt(3_000_000)
  await settled(lab)
  await expect(lab.page).toHaveScreenshot('page-inspect.png', WHOLE_PAGE)
})

test('the page: info', async ({ lab }) => {
  await comparable(lab)
  await lab.open('raft-partition')
  await lab.renderAt(3_000_000)
  await lab.page.getByRole('button', { name: 'Info', exact: true }).click()
  await expect(lab.page.getByRole('heading', { name: 'References' })).toBeVisible()
  await settled(lab)
  await expect(lab.page).toHaveScreenshot('page-info.png', WHOLE_PAGE)
})

test.describe('in daylight', () => {
  test.use({ colorScheme: 'light' })
  test('the light theme keeps the hierarchy', async ({ lab }) => {
    await comparable(lab)
    await lab.open('first-swarm')
    await lab.renderAt(4_250_000)
    await settled(lab)
    await expect(lab.page).toHaveScreenshot('page-light.png', WHOLE_PAGE)
  })
})

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true })
  test('everything is usable at 360 px: nothing scrolls sideways, the large button is in reach', async ({ lab }) => {
    await comparable(lab)
    await lab.open('first-swarm')
    await lab.renderAt(3_300_000)
    await settled(lab)
    expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await expect(lab.crashButton).toBeInViewport()
    await expect(lab.page).toHaveScreenshot('page-telephone.png', WHOLE_PAGE)
    await lab.panel('Faults')
    await settled(lab)
    await expect(lab.page.getByRole('button', { name: 'Crash now' })).toBeVisible()
    await expect(lab.page).toHaveScreenshot('page-telephone-faults.png', WHOLE_PAGE)
  })
})
