import fc from 'fast-check'
import { expect, it } from 'vitest'
import { agentId } from '../../kernel/units.ts'
import {
  addRow,
  append,
  dropRow,
  newRowList,
  newTaskTable,
  NO_ROW,
  rowOfTask,
  setStatus,
  sizeOf,
  STATUS,
  taskOfRow,
  unchain,
} from './TaskTable.ts'

const taskOf = (id: number) => ({
  ...{ id, kind: id % 7, demand: 1 + (id % 4) },
  ...{ sizeUs: 1.5 * id, predictedUs: id, priority: id % 3, deadlineUs: 10 * id, submittedUs: id },
  ...{ submitter: agentId(4), after: [] },
})

it('gives back what was put in, finds it by id, and keeps the order of a list', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(30)), { maxLength: 200 })
  fc.assert(
    fc.property(steps, (changes) => {
      const table = newTaskTable({ kinds: 7, demands: 4 })
      const list = newRowList()
      const ids: number[] = []
      for (const [adds, id] of changes) {
        const row = rowOfTask(table, id)
        if (adds && row === NO_ROW) {
          const added = addRow(table, taskOf(id))
          setStatus(table, added, STATUS.waiting)
          append(table, list, added)
          ids.push(id)
        } else if (!adds && row !== NO_ROW) {
          unchain(table, list, row)
          dropRow(table, row)
          ids.splice(ids.indexOf(id), 1)
        }
      }
      const chain: number[] = []
      for (let row = list.first; row !== NO_ROW; row = table.next[row]!) chain.push(table.ids[row]!)
      expect(chain).toEqual(ids)
      expect([sizeOf(table), list.length, table.counts[STATUS.waiting]]).toEqual([ids.length, ids.length, ids.length])
      for (const id of ids) expect(taskOfRow(table, rowOfTask(table, id), agentId(4))).toEqual(taskOf(id))
    }),
  )
})

it('costs at most 100 bytes a task, counted over its columns and index, right after they have grown', () => {
  const table = newTaskTable({ kinds: 7, demands: 4 })
  for (let id = 0; id < 100_000; id++) addRow(table, { ...taskOf(id), deadlineUs: 0 })
  const columns = Object.values(table).filter((column) => ArrayBuffer.isView(column) && column.byteLength > 0)
  const bytes = columns.reduce((sum, column) => sum + column.BYTES_PER_ELEMENT, 0)
  expect(bytes).toBe(56)
  const index = (table.index.ids.byteLength + table.index.places.byteLength) / 100_000
  expect(bytes + index).toBeLessThan(100)
})
