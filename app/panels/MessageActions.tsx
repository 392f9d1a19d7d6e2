import { command } from '../bridge/actions.ts'
import { Button } from '../ui/Button.tsx'

export const DELAY_US = 100_000

/** Drop, duplicate or delay this very transmission; one click each. */
export function MessageActions({ src, seq, onDone }: { src: number; seq: number; onDone?: () => void }) {
  const act = async (op: Parameters<typeof command>[0]): Promise<void> => {
    if (await command(op)) onDone?.()
  }
  return (
    <div className="message-actions">
      <Button small onClick={() => void act({ op: 'dropMessage', src, seq })}>
        Drop
      </Button>
      <Button small onClick={() => void act({ op: 'duplicateMessage', src, seq })}>
        Duplicate
      </Button>
      <Button small onClick={() => void act({ op: 'delayMessage', src, seq, us: DELAY_US })}>
        Delay 100 ms
      </Button>
    </div>
  )
}
