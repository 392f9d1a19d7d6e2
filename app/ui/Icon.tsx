/** Sixteen-pixel strokes in the current colour; always beside a text or inside a labelled control. */
const PATHS = {
  reset: 'M3.5 8a4.5 4.5 0 1 0 1.6-3.4M3.2 2.6v2.6h2.6',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  forward: 'M6 3.5 10.5 8 6 12.5',
  play: 'M5 3.2v9.6L12.6 8Z',
  pause: 'M5.6 3.5v9M10.4 3.5v9',
  close: 'm4 4 8 8M12 4l-8 8',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  scenarios: 'M2.5 3.5h4v4h-4zM9.5 3.5h4v4h-4zM2.5 10.5h4v2h-4zM9.5 10.5h4v2h-4z',
  parameters: 'M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 3v3M6 10v3',
  sweep: 'M2.5 13.5v-11M2.5 13.5h11M5 10.5l3-3 2 1.5 3.5-5',
  inspect: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3l3.2 3.2',
  plus: 'M8 3v10M3 8h10',
  compare: 'M2.5 3.5h4.2v9H2.5zM9.3 3.5h4.2v9H9.3z',
  agents: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6 3.5v9',
  faults: 'M9 2 3.8 9h3.7L7 14l5.2-7H8.5Z',
  chaos:
    'M8 8.2a1.6 1.6 0 1 1 1.7-1.6c0 2-1.9 3.2-4 2.7C3.4 8.7 2.8 6 4.2 4.2 6 2 9.8 2 11.8 4.4c2 2.5 1.4 6.3-1.3 8.2-1.5 1-3.3 1.2-5 .7',
  checks: 'm3 8.5 3.2 3.2L13 4.8',
  log: 'M3 4h10M3 8h10M3 12h6',
  messages: 'M2.5 4h11v8h-11zM2.5 4.5 8 8.8l5.5-4.3',
  tasks: 'M3 3.5h6M5 8h8M4 12.5h5',
  channel: 'M2.5 8h2.2L6.5 3.5l3 9L11.3 8h2.2',
  timeline: 'M2.5 12.5h11M4 10V7M8 10V3.5M12 10V6',
  info: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM8 7.3v3.4M8 5.2v.2',
  share: 'M6.5 9.5 9.5 6.5M7.5 4.8 9 3.3a2.6 2.6 0 0 1 3.7 3.7l-1.5 1.5M8.5 11.2 7 12.7A2.6 2.6 0 0 1 3.3 9l1.5-1.5',
  dice: 'M3 3h10v10H3zM5.8 5.8v.1M10.2 10.2v.1M8 8v.1',
  top: 'M8 3.2 12.8 8 8 12.8 3.2 8ZM8 6.8a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4Z',
  home: 'M3 6.5V3.5h3M10 3.5h3v3M13 9.5v3h-3M6 12.5H3v-3',
  sun: 'M8 5.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2ZM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1',
  keys: 'M2 4.5h12v7H2zM4.5 7h.1M7 7h.1M9.5 7h.1M11.8 7h.1M5 9.3h6',
  undo: 'M5.5 4 2.8 6.7l2.7 2.7M3 6.7h6a3.3 3.3 0 0 1 0 6.6H7',
  trash: 'M3.5 4.5h9M6.5 4.5v-2h3v2M4.8 4.5l.6 9h5.2l.6-9',
  branch: 'M4.5 3v10M4.5 9c0-3 7-1.5 7-5.5',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={name === 'play' || name === 'faults' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'pause' ? 2.4 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
