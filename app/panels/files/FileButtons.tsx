import { chooseFile, saveRun } from '../../bridge/files.ts'
import { saveOwn } from '../../bridge/library.ts'
import { useLab } from '../../state/lab.ts'
import { Button } from '../../ui/Button.tsx'

/** In and out: what the gallery offers besides choosing. */
export function FileButtons({ taken }: { taken: readonly string[] }) {
  const keep = async (): Promise<void> => {
    const { scenario, facts, toast } = useLab.getState()
    if (!scenario) return
    const { withLog } = await import('../../../engine/scenario/scenarioFile.ts')
    const saved = await saveOwn(withLog(scenario, facts.log), taken)
    if (saved.ok) toast('note', `“${saved.value.title}” is now among your own.`)
    else toast('error', saved.error)
  }
  return (
    <div className="panel-foot file-buttons">
      <Button onClick={chooseFile}>Open a file</Button>
      <Button onClick={() => useLab.getState().openDialog('edit')}>Edit as JSON</Button>
      <Button onClick={() => void saveRun()}>Save as a file</Button>
      <Button title="Keeps the scenario, with everything done to it, in this browser" onClick={() => void keep()}>
        Add to your own
      </Button>
    </div>
  )
}
