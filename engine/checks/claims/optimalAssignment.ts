/**
 * Persons to objects, one to one, so that the sum of benefits is greatest: rows are persons, and there are at least as
 * many objects. O(rows² × columns) by shortest augmenting paths over reduced costs.
 * Source: Jonker and Volgenant 1987; Burkard, Dell'Amico, Martello, "Assignment Problems", algorithm 4.8.
 */
export interface Assignment {
  readonly total: number
  /** Object of each person. */
  readonly objectOf: readonly number[]
}

export function optimalAssignment(benefits: readonly (readonly number[])[]): Assignment {
  const columns = benefits[0]?.length ?? 0
  const search: Search = {
    benefits,
    profits: benefits.map(() => 0),
    prices: new Array<number>(columns).fill(0),
    personOf: new Array<number>(columns).fill(-1),
  }
  for (let person = 0; person < benefits.length; person++) augment(search, person)
  const objectOf = benefits.map((_, person) => search.personOf.indexOf(person))
  return { objectOf, total: objectOf.reduce((sum, object, person) => sum + benefits[person]![object]!, 0) }
}

/** With cost = −benefit: profit + price ≤ cost for every pair, and equality along the assignment. */
interface Search {
  readonly benefits: readonly (readonly number[])[]
  readonly profits: number[]
  readonly prices: number[]
  /** Person of each object, or −1. */
  readonly personOf: number[]
}

/** Gives `person` an object by the cheapest chain of moves. Mutates everything in `search` but the benefits. */
function augment({ benefits, profits, prices, personOf }: Search, person: number): void {
  const columns = prices.length
  const reach = new Array<number>(columns).fill(Infinity)
  const via = new Array<number>(columns).fill(-1)
  const scanned = new Array<boolean>(columns).fill(false)
  let row = person
  let object = -1
  for (let distance = 0; ;) {
    let next = -1
    for (let j = 0; j < columns; j++) {
      if (scanned[j]) continue
      const through = distance - benefits[row]![j]! - profits[row]! - prices[j]!
      if (through < reach[j]!) {
        reach[j] = through
        via[j] = object
      }
      if (next === -1 || reach[j]! < reach[next]!) next = j
    }
    object = next
    distance = reach[object]!
    scanned[object] = true
    if (personOf[object] === -1) break
    row = personOf[object]!
  }
  const end = reach[object]!
  profits[person]! += end
  for (let j = 0; j < columns; j++) {
    if (!scanned[j] || j === object) continue
    prices[j]! += reach[j]! - end
    profits[personOf[j]!]! += end - reach[j]!
  }
  for (let j = object; j !== -1; j = via[j]!) personOf[j] = via[j] === -1 ? person : personOf[via[j]!]!
}
