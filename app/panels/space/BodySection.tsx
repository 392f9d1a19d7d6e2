import { useEffect } from 'react'
import { STATUS } from '../../../engine/frame/frame.ts'
import type { BodyDetail, SpaceInfo } from '../../../workers/protocol.ts'
import { engine } from '../../bridge/engine.ts'
import { afflictionWords, figure, headingDegrees } from '../../scene/bodies/words.ts'
import { useLab } from '../../state/lab.ts'
import { Pair } from '../Inspector.tsx'
import { perceives } from './senses.ts'

/** An agent as a body: where it is, where it looks, what it does, and what it perceives. */
export default function BodySection({ body, space, status }: { body: BodyDetail; space: SpaceInfo; status: string }) {
  const flat = useLab((s) => s.scenario?.space?.dimensions !== 3)
  const radii = perceives(body.senses)
  const asked = radii.join()
  useEffect(() => {
    engine.stage?.setSenses(asked === '' ? [] : asked.split(',').map(Number))
    return () => engine.stage?.setSenses([])
  }, [asked])
  const [x, y, z] = body.position
  const ailing = afflictionWords(body.flags)
  return (
    <section className="group">
      <h3>Body</h3>
      <dl>
        {status !== STATUS[1] && <Pair name="condition" value={status === 'down' ? 'dead' : status} />}
        {ailing !== '' && <Pair name="made to be" value={ailing} />}
        <Pair name="place" value={(flat ? [x, y] : [x, y, z]).map(figure).join(', ')} />
        <Pair name="heading" value={`${headingDegrees(body.heading[0], body.heading[1])}°`} />
        {!flat && <Pair name="climb" value={`${climb(body.heading[2])}°`} />}
        <Pair name="speed, units a step" value={figure(body.speed)} />
        {space.groups.length > 1 && <Pair name="group" value={space.groups[body.group] ?? `${body.group}`} />}
        {space.states.length > 1 && <Pair name="does" value={space.states[body.state] ?? `${body.state}`} />}
      </dl>
      {Object.keys(body.senses).length > 0 && (
        <>
          <h3>What it perceives</h3>
          <dl>
            {Object.entries(body.senses).map(([name, value]) => (
              <Pair key={name} name={name} value={typeof value === 'number' ? figure(value) : value} />
            ))}
          </dl>
        </>
      )}
    </section>
  )
}

/** Angle over the ground of a unit vector's third component, degrees. */
const climb = (z: number): number => Math.round((Math.asin(Math.max(-1, Math.min(1, z))) * 180) / Math.PI)
