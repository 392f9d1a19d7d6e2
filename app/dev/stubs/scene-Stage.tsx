export function Stage() {
  return <div style={{ position: 'absolute', inset: 0 }} />
}
