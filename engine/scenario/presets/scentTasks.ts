import { preset } from './Preset.ts'

const STEP_US = 50_000
const at = (steps: number): number => steps * STEP_US

export const scentTasks = preset({
  sizes: { min: 10, default: 60, max: 2_000 },
  proofUs: at(420),
  openAtUs: at(100),
  draft: (agents) => ({
    name: 'scent-tasks',
    title: 'Work calls its workers, and nobody hands it out',
    group: 'movement',
    seed: 6,
    pace: (30 * STEP_US) / 1e6,
    untilUs: at(1_800),
    digestEveryUs: at(20),
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'scent',
      width: 120,
      height: 120,
      cell: 2,
      stepUs: STEP_US,
      measureEvery: 10,
      params: { arrivals: Math.min(20, (0.1 * agents) / 60), beside: 1, besideWithin: 6 },
    },
    faults: [
      { at: at(400), op: 'afflict', whom: { share: 0.1 }, effect: 'rogue', forUs: at(300) },
      { at: at(1_000), op: 'set', agent: 'all', program: 'space', param: 'beside', value: 0 },
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'Tasks come up at places that nobody knows beforehand. Each gives off a scent that says how much help it needs; who smells it goes there and works. Nobody hands out work, and yet all of it is done, most of it soon.',
    how: 'Tasks come by chance, one in ten steps on average, each within six units of the last along either axis. A task gives off scent in proportion to its urgency, the work that is left, and the room its crew of at most four has. Scent spreads, then a tenth of it evaporates in each step, so it reaches ten to twenty units. A body turns by 30 degrees to the side that smells more, if it smells enough, wiggles, and walks one unit. Within 1.5 units of a task with room it joins; of several who would, one does, by draw. A finished task leaves a mark, a scent that lasts longer and draws others to where there was work. From 20 s to 35 s a tenth of the swarm lay a scent of work where there is none. From 50 s on tasks come anywhere.',
    use: 'Hills on the ground are tasks that need help, and they sink as help comes. Choose the layer Marks of work done to see what the swarm remembers. Change how much work comes, and how far it smells, in Parameters.',
    notice: [
      'It takes a while until the first tasks are found. From then on the swarm is where the work is, and help comes within half a second.',
      'Between two tasks bodies gather at the marks, and the next task comes near there.',
      'With false scents about, tasks wait while many circle around nothing. When it stops, the backlog is gone within ten seconds.',
      'Once tasks come anywhere, those at the marks are far from most of them: what the swarm has learnt fits only a world that stays the same.',
    ],
    tryThis: [
      'Set the scent of a task and the mark of one that is done to 0. Tasks are now found by walking into them, which takes about eight times as long.',
      'Set the tasks that come beside the last to 0, let 1 % of the scent fade in a step and have it followed from 0.001 units. Every task is smelled everywhere, all go to the same one, and the others wait: worse than no scent.',
      'Raise the new tasks a step until more comes than can be done, and watch the backlog grow.',
      'Make a third of the bodies blind: they no longer smell, but still work on what they walk into.',
    ],
    claims: [
      {
        name: 'scent-finds-sooner',
        sentence: 'By its scent a task is found at least four times as soon as by chance.',
        source: 'Measured: 40 bodies in a world of 120 × 120, tasks anywhere, no marks',
      },
      {
        name: 'scent-straight-search',
        sentence:
          'Where nothing smells and all walk straight, the mean time to find a task is the sum of (1 − (πr² + m·a) / A)ⁿ over all steps m.',
        source: 'Theorem: each of n independent straight paths covers the area a anew in a step',
      },
      {
        name: 'scent-throughput',
        sentence:
          'Where space plays no part, as many tasks are done as arrive, up to a capacity of n / (work + 1) a step for n bodies.',
        source: 'Conservation of flow, and the renewal theorem; a crew of one, one step to join',
      },
      {
        name: 'scent-marks-pay',
        sentence: 'Where tasks come near the last one, marks of finished work make the next be done 1.5 times as soon.',
        source: 'Measured; where tasks come anywhere the same marks slow the swarm down',
      },
      {
        name: 'scent-tasks-kept',
        sentence: 'At every moment each task that came is waiting, begun or done.',
        source: 'Conservation, exact, also with bodies that mislead, are stuck, or die',
      },
    ],
    references: [
      'E. Bonabeau, M. Dorigo, G. Theraulaz: Swarm Intelligence: From Natural to Artificial Systems. Oxford University Press, 1999.',
      'L. A. Santaló: Integral Geometry and Geometric Probability. Addison-Wesley, 1976.',
    ],
  },
})
