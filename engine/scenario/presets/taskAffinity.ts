import { preset } from './Preset.ts'

const GOALS_US = 14_000_000
const NEW_TASKS_US = 32_000_000
const FAILURE_US = 46_000_000
const RETURN_US = 60_000_000
/** Bodies per square world unit: each sees about six others before they gather. */
const DENSITY = 0.0417
/** Width / height: the stage is wide. */
const ASPECT = 1.5

export const taskAffinity = preset({
  sizes: { min: 40, default: 600, max: 5_000 },
  proofUs: 15_000_000,
  openAtUs: 0,
  draft: (agents) => {
    const height = Math.round(Math.sqrt(agents / DENSITY / ASPECT))
    const width = Math.round(ASPECT * height)
    return {
      name: 'task-affinity',
      title: 'Those with the same task find each other',
      group: 'movement',
      seed: 4,
      pace: 1.2,
      untilUs: 70_000_000,
      digestEveryUs: 1_000_000,
      swarm: { agents },
      topology: { kind: 'none' },
      space: {
        kind: 'affinity',
        width,
        height,
        edges: 'wrap',
        stepUs: 40_000,
        measureEvery: 25,
        params: {},
        detectors: [{ kind: 'clusters', of: 'purity', threshold: 0.8, forUs: 2_000_000 }],
      },
      faults: [
        { at: GOALS_US, op: 'set', agent: 'all', program: 'space', param: 'goal', value: 0.3 },
        { at: NEW_TASKS_US, op: 'set', agent: 'all', program: 'space', param: 'newTasks', value: 1 },
        // Task A is done at the right of the middle.
        {
          at: FAILURE_US,
          op: 'afflict',
          whom: {
            disc: { x: Math.round(0.84 * width), y: Math.round(0.5 * height), radius: Math.round(0.15 * height) },
          },
          effect: 'kill',
          forUs: RETURN_US - FAILURE_US,
        },
      ],
      height: 'none',
      layout: 'force',
    }
  },
  info: {
    what: 'Six hundred bodies have four kinds of tasks, dealt out all over the place. Nobody tells them to, but those with the same task gather. Then each task calls from its own place, and the groups move there.',
    how: 'A task is a list of numbers with length 1, and two bodies are alike by the product of theirs: near 1 for one kind of task, near 0 for two kinds. In every step a body looks at everybody within sight as they were before the step. It aligns with their headings and is drawn to their places, each weighted by how alike they are, and it keeps away from all that are too close, alike or not. It turns by at most 12 degrees and moves on with the new heading; a random angle disturbs it. At 14 s each kind of task begins to draw its bodies to a place of its own. At 32 s three bodies in ten get another task. At 46 s those at the place on the right fail for 14 s.',
    use: 'Watch the purity in the charts: the share of a body’s neighbours that have its task, beside what chance would give. Change the affinity, the weights and the range of sight in Parameters. Each time you raise the number of new tasks, another share of the swarm changes tasks.',
    notice: [
      'The groups sort themselves before any place calls: weighting what one sees is enough.',
      'Where two groups cross they keep clear of each other, but do not turn together.',
      'Those whose task changes leave their group in a stream, and find the others of their new kind.',
      'The purity by chance stays near one in four, however the bodies stand.',
    ],
    tryThis: [
      'Set the affinity to 0 and the goal to 0: all flock together, and the purity falls to that of chance.',
      'Set align to 2. The swarm agrees on a direction so soon that nobody changes company any more.',
      'Make a tenth of them rogues: they seek out those who are unlike them, and show the wrong heading.',
      'Make half of them deaf: they hear of no tasks and take everybody for their like.',
    ],
    claims: [
      {
        name: 'affinity-purity',
        sentence:
          'After 1,000 steps without any goal, two thirds of a body’s neighbours or more have its task, where chance gives 24.6 %.',
        source: 'baseline: our own figure beside the permutation baseline, which is a closed form',
      },
      {
        name: 'affinity-chance',
        sentence:
          'Without affinity, purity is that of labels dealt out by chance: Σ nₖ (nₖ − 1) / (n (n − 1)), within four standard errors.',
        source:
          'Theorem: labels that nothing depends on are dealt out at random over the places; expectation of a permutation',
      },
      {
        name: 'affinity-regroup',
        sentence:
          'When three in ten get another task, purity falls; within 600 steps it makes up at least half of what it lost.',
        source: 'baseline: our own figure; with affinity switched off at the same moment nothing is made up',
      },
      {
        name: 'affinity-goals',
        sentence:
          'Called by their places, bodies gather round them: on average no further away than a sixth of the world’s side.',
        source: 'baseline: our own figure beside the mean distance of random places, 0.38 of the side',
      },
    ],
    references: [
      'C. W. Reynolds: Flocks, herds, and schools: a distributed behavioral model. Computer Graphics 21 (SIGGRAPH), 1987.',
      'P. I. Good: Permutation, Parametric and Bootstrap Tests of Hypotheses. Springer, 2005.',
    ],
  },
})
