import './files.css'
import { chooseJobFile, closeJobLog, takeWhatCanBeRead, useJobLog, type JobLogStage } from '../../bridge/jobLogs.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'

/** A job log on its way in: how far it is, what of it cannot be read, or which one a run needs. */
export default function JobLogDialog() {
  const stage = useJobLog((s) => s.stage)
  if (stage === null) return null
  return (
    <Dialog title={TITLES[stage.is]} description={describe(stage)} onClose={closeJobLog}>
      {stage.is === 'reading' && <progress max={1} value={stage.share} aria-label="Read so far" />}
      {stage.is === 'doubtful' && <Doubtful {...stage} />}
      {stage.is === 'needed' && (
        <>
          {stage.problem && <p role="alert">{stage.problem}</p>}
          <p>
            <Button look="primary" onClick={chooseJobFile}>
              Choose the file
            </Button>
          </p>
        </>
      )}
    </Dialog>
  )
}

const TITLES: { readonly [Is in JobLogStage['is']]: string } = {
  reading: 'Reading a job log',
  doubtful: 'Some of this file is no job',
  needed: 'This run needs a job log',
}

function describe(stage: JobLogStage): string {
  switch (stage.is) {
    case 'reading':
      return `${stage.name}: ${Math.floor(stage.share * 100)} %`
    case 'doubtful':
      return `${stage.doubt}.`
    case 'needed':
      return `It takes its jobs from ${stage.text}, which does not travel with the link.`
  }
}

function Doubtful({ opened }: Extract<JobLogStage, { is: 'doubtful' }>) {
  const { malformed, malformedCount, log } = opened
  const more = malformedCount - malformed.length
  return (
    <>
      <ul className="job-lines">
        {malformed.map(({ line, why, text }) => (
          <li key={line}>
            Line {line} {why} <code>{text}</code>
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
      <p className="job-choices">
        <Button look="primary" onClick={takeWhatCanBeRead}>
          Take the {log.count} jobs that can be read
        </Button>
        <Button onClick={closeJobLog}>Do not open it</Button>
      </p>
    </>
  )
}
