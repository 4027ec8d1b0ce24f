import { TextSetting } from '#app/core/text_setting'

const COUNTER = /^([1-9]\d?)\s+(\S.*)$/

/** The windows of the desk 窓口, a line each: number and name. */
export const counters = new TextSetting({
  name: 'desk.counters',
  section: 'desk',
  field: 'lines',
  problem(lines) {
    const numbers = lines.map((line) => COUNTER.exec(line)?.[1])
    if (numbers.includes(undefined)) return 'not_counters'
    return new Set(numbers).size < numbers.length ? 'counter_twice' : null
  },
})

/** Reads the names of the windows, by number; none where nobody has named them. */
export async function counterNames(): Promise<Map<number, string>> {
  return new Map(
    (await counters.lines()).map((line) => {
      const [, number, name] = COUNTER.exec(line)!
      return [Number(number), name]
    })
  )
}
