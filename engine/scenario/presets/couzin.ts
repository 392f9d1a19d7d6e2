import type { Command } from '../Scenario.ts'
import { preset } from './Preset.ts'

const widen = (at: number, value: number): Command => ({
  ...{ at, op: 'set', agent: 'all', program: 'space', param: 'orientationWidth', value },
})
const SOURCE = 'Couzin et al. 2002; bound about the figure of an independent simulation'

export const couzin = preset({
  sizes: { min: 20, default: 100, max: 400 },
  proofUs: 35_000_000,
  openAtUs: 0,
  draft: (agents) => ({
    name: 'couzin',
    title: 'The same animals swarm, circle or march, and it depends on what they did before',
    group: 'movement',
    seed: 80,
    pace: 3,
    untilUs: 300_000_000,
    digestEveryUs: 10_000_000,
    swarm: { agents },
    topology: { kind: 'none' },
    space: {
      kind: 'couzin',
      dimensions: 3,
      width: 42,
      height: 42,
      depth: 42,
      stepUs: 100_000,
      params: { orientationWidth: 0 },
      detectors: [
        { kind: 'mill', threshold: 0.65, forUs: 5_000_000 },
        { kind: 'flock', threshold: 0.85, forUs: 5_000_000 },
      ],
    },
    faults: [
      widen(30_000_000, 1),
      widen(100_000_000, 2),
      widen(140_000_000, 4),
      widen(190_000_000, 2),
      widen(240_000_000, 0),
    ],
    height: 'none',
    layout: 'force',
  }),
  info: {
    what: 'A hundred animals in space keep a little distance, follow whoever is far away, and take the direction of those in between. One number is changed: how wide that zone in between is. With none they mill about like mosquitoes, with a narrow one they circle round an empty middle, with a wide one they march as one.',
    how: 'In each step every animal looks, all at the same moment. If somebody is nearer than 1 it turns away. Otherwise it adds two unit vectors: the mean direction of those in the zone of orientation, and the mean way to those in the zone of attraction, 14 wide. It sees 270° round itself, turns by at most 40° a second, errs by 0.05 radians and goes on at 3 units a second in its new direction. The original has no edges; here the world is wrapped, 42 wide, and every distance is the shortest one. The width goes from 0 to 1 at 30 s, to 2 at 100 s, to 4 at 140 s, back to 2 at 190 s and to 0 at 240 s.',
    use: 'Watch the charts of polarisation (all head the same way) and milling (all go round the middle the same way). The colour of an animal says what it does. Change the width of orientation in Parameters while it runs.',
    notice: [
      'At 30 s the swarm becomes a torus: milling climbs to 0.9, and polarisation falls to 0.1.',
      'At 100 s and at 190 s the rule is the same, and the group is not: a torus stays a torus, a march stays a march.',
      'Nobody knows of the torus. It is what comes out when each turns no faster than it can.',
      'At 240 s nobody heeds directions any more. The march loosens slowly.',
    ],
    tryThis: [
      'Set the width to 1 after the march: it does not turn into a torus again until it has been a swarm.',
      'Make a few of the circling animals rogue. They head against the others.',
      'Drop an obstacle into the way of the march.',
      'Use raw sums instead of unit vectors: attraction wins, and the march needs a far wider zone.',
    ],
    claims: [
      {
        name: 'couzin-swarm',
        sentence: 'Without a zone of orientation the animals head anywhere: polarisation is below 0.3.',
        source: SOURCE,
      },
      {
        name: 'couzin-swarm-rotation',
        sentence: 'Nor do they go round a middle: milling is below 0.35.',
        source: SOURCE,
      },
      { name: 'couzin-torus', sentence: 'With a width of 1 they circle: milling is above 0.65.', source: SOURCE },
      {
        name: 'couzin-torus-alignment',
        sentence: 'Seen from outside the torus goes nowhere: polarisation is below 0.35.',
        source: SOURCE,
      },
      {
        name: 'couzin-parallel',
        sentence: 'With a width of 3 they march: polarisation is above 0.85.',
        source: SOURCE,
      },
      { name: 'couzin-parallel-rotation', sentence: 'The march does not turn: milling is below 0.15.', source: SOURCE },
      {
        name: 'couzin-memory',
        sentence:
          'At a width of 2 the group remembers: coming from the torus and coming from the march, polarisation differs by more than 0.6.',
        source: SOURCE,
      },
    ],
    references: [
      'I. D. Couzin, J. Krause, R. James, G. D. Ruxton, N. R. Franks: Collective memory and spatial sorting in animal groups. Journal of Theoretical Biology 218, 2002.',
    ],
  },
})
