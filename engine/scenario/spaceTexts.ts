import type { Plain } from '../kernel/plain.ts'
import type { SpaceKind } from './Scenario.ts'

/** What a parameter of a space is called, its unit where it has one, and what the words it can be mean. */
export type ParamText = readonly [label: string, unit?: string, words?: { readonly [word: string]: string }]

export interface SpaceText {
  readonly title: string
  /** One sentence. */
  readonly is: string
  readonly params: { readonly [name: string]: ParamText }
}

const LENGTH = 'units'
const PER_STEP = 'units a step'

/**
 * Every model by which bodies move and each of its parameters, for the panel and for the published JSON Schema. A new
 * parameter joins by adding its line; a test says which are missing.
 */
export const SPACE_TEXTS: { readonly [K in SpaceKind]: SpaceText } = {
  boids: {
    title: 'Flocking',
    is: 'Flocks that keep apart, head the same way and stay together (Reynolds 1987).',
    params: {
      rule: [
        'How the three wishes act',
        '',
        { forces: 'as forces', turns: 'as turns (NetLogo)', factors: 'by factors (framework comparison)' },
      ],
      vision: ['Sees others within', LENGTH],
      separation: ['Keeps this far from others', LENGTH],
      speed: ['Speed', PER_STEP],
      align: ['Heads as others do: strength'],
      cohere: ['Stays with others: strength'],
      separate: ['Keeps apart: strength'],
      force: ['Change of velocity, at most', PER_STEP],
      slack: ['Speed may differ by', 'share'],
      alignTurn: ['Turns to head as others do, at most', '°'],
      cohereTurn: ['Turns towards others, at most', '°'],
      separateTurn: ['Turns away from one too near, at most', '°'],
      goal: ['Pull of the goal'],
      goalX: ['Goal, x', LENGTH],
      goalY: ['Goal, y', LENGTH],
      goalZ: ['Goal, z', LENGTH],
      lookAhead: ['Sees obstacles ahead within', LENGTH],
      flocks: ['Flocks'],
    },
  },
  vicsek: {
    title: 'Vicsek',
    is: 'Everybody takes the mean direction of its neighbours, and errs a little (Vicsek and others 1995).',
    params: {
      radius: ['Sees others within', LENGTH],
      speed: ['Speed', PER_STEP],
      noiseRad: ['Noise: errs within an arc of', 'rad'],
      movesWith: ['Moves with its', '', { old: 'old direction', new: 'new direction' }],
      hearsAll: ['Everybody sees everybody'],
    },
  },
  couzin: {
    title: 'Zones',
    is: 'Three zones round each body: keep off, align, approach (Couzin and others 2002).',
    params: {
      repulsionRadius: ['Keeps off within', LENGTH],
      orientationWidth: ['Width of the zone of alignment', LENGTH],
      attractionWidth: ['Width of the zone of attraction', LENGTH],
      fieldOfView: ['Field of view', '°'],
      turnPerSecond: ['Turns by at most', '° a second'],
      speedPerSecond: ['Speed', 'units a second'],
      noiseRad: ['Noise, standard deviation', 'rad'],
      sums: ['Two zones are added', '', { unit: 'with equal weight', raw: 'by how many are in each' }],
      startRadius: ['Starts within', LENGTH],
      lookAhead: ['Sees obstacles ahead within', LENGTH],
    },
  },
  affinity: {
    title: 'Task affinity',
    is: 'Bodies with like tasks group and move together.',
    params: {
      kinds: ['Kinds of tasks'],
      spread: ['How much tasks of a kind differ', 'share'],
      affinity: ['How much likeness counts', 'share'],
      vision: ['Sees others within', LENGTH],
      separation: ['Keeps this far from others', LENGTH],
      separate: ['Keeps apart: strength'],
      align: ['Heads as its like do: strength'],
      cohere: ['Stays with its like: strength'],
      goal: ['Pull of the place of its task'],
      wiggleRad: ['Noise, standard deviation', 'rad'],
      speed: ['Speed', PER_STEP],
      turnDegrees: ['Turns by at most', '° a step'],
      newTasks: ['Times tasks have changed: raise it to change them again'],
      newTaskShare: ['Who then gets one', 'share'],
      shuffles: ['Shuffles that purity is compared with'],
    },
  },
  formation: {
    title: 'Formation',
    is: 'Bodies keep a formation that moves, and close the gaps of those that fail.',
    params: {
      shape: ['Shape', '', { vee: 'a wedge', column: 'a column', line: 'a line', circle: 'a circle', grid: 'a block' }],
      spacing: ['From place to place', LENGTH],
      openDegrees: ['Opening of the wedge', '°'],
      files: ['Abreast in a block'],
      course: ['It goes', '', { tour: 'round the world', straight: 'straight ahead', circle: 'in a circle' }],
      anchorSpeed: ['Speed of the formation', PER_STEP],
      turnDegrees: ['It turns by at most', '° a step'],
      gain: ['Share of the way to its place made in a step', 'share'],
      feedForward: ['How much of its place’s own motion it follows', 'share'],
      sees: ['Steers by places', '', { old: 'of the last step', new: 'of this step' }],
      maxSpeed: ['Speed of a body, at most', PER_STEP],
      separation: ['Keeps this far from others', LENGTH],
      push: ['Keeps apart: strength'],
      assignment: [
        'A gap is closed',
        '',
        {
          moveUp: 'by those behind moving up',
          lastFills: 'by the last of all',
          nearest: 'by all finding the nearest place anew',
          fixed: 'by nobody',
        },
      ],
      noticeSteps: ['Steps until a gap is noticed'],
      closeEnough: ['In place within', LENGTH],
      start: ['Starts', '', { scattered: 'scattered', formed: 'in formation' }],
    },
  },
  bridge: {
    title: 'Bridge',
    is: 'Ants choose between the two arms of a bridge by the marks on them (Deneubourg and others 1990).',
    params: {
      k: ['What an arm without marks is worth (k)', 'marks'],
      n: ['How strongly a lead counts (n)'],
      deposit: ['Marks that an ant lays'],
      evaporationPerSecond: ['Rate at which marks fade (ρ)', 'a second'],
      antsPerSecond: ['Ants that leave the nest', 'a second'],
      crossingSeconds: ['Time on the shorter arm', 's'],
      ratio: ['Longer arm / shorter arm'],
      marking: ['An ant marks', '', { choice: 'the whole arm at once', ends: 'each end when it is there' }],
    },
  },
  ants: {
    title: 'Ants',
    is: 'Ants look for food and lay a scent on the way home (Wilensky 1997).',
    params: {
      diffusion: ['Scent that a cell gives to its neighbours', '% a step'],
      evaporation: ['Scent that fades', '% a step'],
      drop: ['Scent that an ant drops', 'units of scent'],
      smellsFrom: ['Follows scent from', 'units of scent'],
      smellsBelow: ['Up to, not included', 'units of scent'],
      wiggle: ['Wiggles by up to', '°'],
      departures: ['Ants that leave the nest', 'a step'],
      nestRadius: ['Radius of the nest', LENGTH],
      foodRadius: ['Radius of a pile of food', LENGTH],
      foodMax: ['Food on a cell, at most'],
    },
  },
  physarum: {
    title: 'Slime mould',
    is: 'Agents that lay a trail and turn to where there is more of it (Jones 2010).',
    params: {
      sensorAngle: ['Sensors to both sides at', '°'],
      rotation: ['Turns by', '°'],
      sensorOffset: ['Sensors ahead by', LENGTH],
      step: ['Speed', PER_STEP],
      deposit: ['Trail that an agent lays', 'units of trail a step'],
      decay: ['Trail that fades in a step', 'share'],
    },
  },
  scent: {
    title: 'Scent of tasks',
    is: 'Tasks give off a scent; bodies climb it, work, and leave marks that draw others.',
    params: {
      arrivals: ['New tasks', 'a step'],
      work: ['Work of a task, on average', 'steps of one body'],
      crew: ['Bodies at a task, at most'],
      beside: ['Tasks that come beside the last', 'share'],
      besideWithin: ['Beside is within', LENGTH],
      reach: ['Reaches a task within', LENGTH],
      slots: ['Open tasks, at most'],
      strength: ['Scent of a task', 'units of scent a step'],
      diffusion: ['How fast scents spread', 'cells² a step'],
      evaporation: ['Scent of tasks that fades', '% a step'],
      smellsFrom: ['Follows scent from', 'units of scent'],
      sniff: ['Smells ahead by', LENGTH],
      turn: ['Turns towards a scent by', '°'],
      wiggle: ['Wiggles by up to', '°'],
      speed: ['Speed', PER_STEP],
      mark: ['Mark of a task that is done', 'units of scent'],
      markWeight: ['A mark counts, beside a task’s scent'],
      markEvaporation: ['Marks that fade', '% a step'],
      falseScent: ['Scent that a rogue lays', 'units of scent a step'],
    },
  },
  field: {
    title: 'Scents',
    is: 'Scents that spread, drift with the wind and fade.',
    params: {
      scheme: [
        'How a scent spreads',
        '',
        { fivePoint: 'to four neighbours', ninePoint: 'to eight neighbours', netLogo: 'a share to eight (NetLogo)' },
      ],
      diffusion: ['How fast it spreads (D)', 'units² a step'],
      evaporation: ['What fades in a step', 'share'],
      alarmDiffusion: ['How fast an alarm spreads', 'units² a step'],
      alarmEvaporation: ['What fades of an alarm in a step', 'share'],
      share: ['What a cell gives to its neighbours', 'share'],
      order: ['In a step', '', { diffuseFirst: 'scents spread, then fade', together: 'they spread and fade at once' }],
      pastLimit: ['Spreading past the stable limit', '', { refused: 'is refused', allowed: 'is let run away' }],
      start: ['Starts', '', { empty: 'empty', spot: 'with one spot' }],
      sources: ['Sources that stand'],
      sourceEmit: ['A source gives off', 'units of scent a step'],
      emit: ['A wanderer gives off', 'units of scent a step'],
      puff: ['A puff of alarm', 'units of scent'],
      puffChance: ['Puffs in a step', 'share of the wanderers'],
      pace: ['Speed of a wanderer', PER_STEP],
      wiggle: ['Wiggles by up to', '°'],
    },
  },
}

/** A parameter that has no line yet is called by its own name. */
export const paramText = (kind: SpaceKind, name: string): ParamText => SPACE_TEXTS[kind].params[name] ?? [wordsOf(name)]

function wordsOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** “Sees others within” becomes 8 units: a parameter that was set, for captions and the log. */
export function parameterText(kind: SpaceKind, name: string, value: Plain): string {
  const [label, unit = '', words = {}] = paramText(kind, name)
  const text = typeof value === 'string' ? (words[value] ?? value) : JSON.stringify(value)
  return `“${label}” becomes ${text}${unit === '' || unit === '°' ? unit : ` ${unit}`}`
}
