import { preset } from './Preset.ts'

const CLOSED_US = 1_200_000_000

export const bridgeLengths = preset({
  sizes: { min: 60, default: 100, max: 500 },
  proofUs: 1_260_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'bridge-lengths',
    title: 'Ants find the shorter way without measuring it',
    group: 'movement',
    seed: 1,
    pace: 15,
    untilUs: 2_000_000_000,
    digestEveryUs: 20_000_000,
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'bridge',
      width: 100,
      height: 64,
      edges: 'walls',
      stepUs: 500_000,
      measureEvery: 8,
      detectors: [{ kind: 'symmetry', threshold: 0.8, forUs: 60_000_000 }],
      params: { antsPerSecond: 0.5, ratio: 2, marking: 'ends' },
    },
    faults: [{ at: CLOSED_US, op: 'obstacle', disc: { x: 50, y: 58, radius: 4 }, forUs: 200_000_000 }],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'One arm of the bridge is twice as long as the other. No ant compares them, and yet most colonies end up on the shorter arm.',
    how: 'An ant marks the fork at which it enters an arm, and the other fork when it gets there. Those on the shorter arm arrive earlier, so for a while the fork at the food has more of their marks, and the first to walk home follow them. That small lead then grows by itself. At each fork the choice is the same as on equal arms. One ant leaves the nest every two seconds, the short arm takes 20 s, nobody turns round on an arm, and marks do not fade. In each step ants act in the order of their numbers. At 1,200 s something falls on the short arm, and stays for 200 s.',
    use: 'The ground shows how the marks differ from one end of an arm to the other. Change the ratio of the lengths in Parameters, and try other seeds.',
    notice: [
      'The fork at the food decides first: when the first ants arrive there, only the short arm smells.',
      'About one colony in four ends up on the long arm. Its first ants happened to take it, and marks that do not fade keep everybody there.',
      'When the short arm is closed all take the long one; those on the arm turn round. When it is open again they come back, for their old marks are still there.',
    ],
    tryThis: [
      'Set the ratio to 1: either arm wins now.',
      'Set where marks are laid to the whole arm at once. The travel time then tells nothing, and the long arm wins as often.',
      'Close the short arm at the start for 300 s: they learn the long way, and stay with it.',
    ],
    claims: [
      {
        name: 'shorter-arm',
        sentence:
          'With arms of 20 s and 40 s the short one carries more than half of the traffic in more than 65 % of the runs.',
        source: 'Goss, Aron, Deneubourg and Pasteels 1989, their model with the ants walking',
      },
    ],
    references: [
      'S. Goss, S. Aron, J.-L. Deneubourg, J. M. Pasteels: Self-organized shortcuts in the Argentine ant. Naturwissenschaften 76, 1989.',
    ],
  },
})
