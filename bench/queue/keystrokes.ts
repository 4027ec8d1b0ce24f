import { evidenceOf, readPages, sendPages, truthOf, type ReadPage } from '#bench/read_forms'
import { report } from '#bench/report'
import type { EntryGroup, Field } from '#app/catalog/description'
import { kindOf, normalize, typed } from '#app/catalog/field_values'
import { compareEntries } from '#app/keying/compare_entries'
import type { Entry } from '#app/keying/entry'
import { TARGET_ERROR } from '#app/keying/machine_keyer'
import { fieldsOfPass, MACHINE_PASS, needsThird, passesOf, THIRD_PASS } from '#app/keying/passes'
import { learnThresholds } from '#app/reading/learn_thresholds'
import { OfferRules } from '#app/reading/offer_rules'
import { findForm } from '#app/reading/paper_form'
import { Random } from '#app/core/random'

const PAGES = 160
const SEED = 20_261_130
/** The forms are keyed so often: errors are rare. */
const TIMES = 30
/** Wrong keystrokes of a practised keyer (1.5 in 1,000, as trade studies have it). */
const ERROR = 0.0015
/** Keys for a character: kana by two Latin letters; kanji by their kana and what chooses among them, on average. */
const KANA_KEYS = 2
const KANJI_KEYS = 4

type Policy = Pick<EntryGroup, 'keying' | 'third'>

const POLICIES: Record<string, Policy> = {
  one: { keying: 'one' },
  machine: { keying: 'machine' },
  machine_and_third: { keying: 'machine', third: true },
  two: { keying: 'two' },
  two_and_third: { keying: 'two', third: true },
}

/** What keying has cost, and what came of it. */
interface Tally {
  keys: number
  values: number
  wrong: number
}

/**
 * Keystrokes for a form by each policy, with the values that are handed over wrong: generated forms as the machine reads
 * them, thresholds learnt on the half that a page isn't of, and people who err. Beside plain double keying, in which two
 * type everything into two tables, nothing is checked while they type, and somebody compares the tables.
 */
export async function benchKeystrokes(): Promise<void> {
  const form = await findForm({ service: 'benefit', version: 1 })
  if (!form) throw new Error('There is no benefit service')
  const { groups } = form.description
  const fields = new Map(groups.flatMap((group) => group.fields).map((one) => [one.key, one]))
  const read = await readPages(await sendPages(form.description, PAGES))
  const forms = new Set(read.map(({ values }) => values)).size
  const rules = [0, 1].map((half) => {
    const others = read.filter((page) => page.half !== half)
    return new OfferRules(learnThresholds(evidenceOf(others, fields), TARGET_ERROR))
  })
  const plain = keyAll(read, groups, (page, group, random) => keyTwice(page, group, random))
  for (const [name, policy] of Object.entries(POLICIES)) {
    const own = keyAll(read, groups, (page, group, random) =>
      keyBy(page, { ...group, ...policy }, rules[page.half], random)
    )
    report(
      'queue',
      { name: `keystrokes_per_form_${name}`, value: own.keys / forms / TIMES, unit: 'keys' },
      { name: 'plain double keying', value: plain.keys / forms / TIMES, moreIsBetter: false }
    )
    report(
      'queue',
      { name: `wrong_per_1000_${name}`, value: (1000 * own.wrong) / own.values, unit: 'values' },
      {
        name: 'plain double keying',
        value: (1000 * plain.wrong) / plain.values,
        moreIsBetter: false,
      }
    )
  }
}

function keyAll(
  pages: ReadPage[],
  groups: EntryGroup[],
  key: (page: ReadPage, group: EntryGroup, random: Random) => Tally
): Tally {
  const all: Tally = { keys: 0, values: 0, wrong: 0 }
  const random = new Random(SEED)
  for (let time = 0; time < TIMES; time++)
    for (const page of pages)
      for (const group of groups.filter((one) => one.page === page.page)) {
        const { keys, values, wrong } = key(page, group, random)
        all.keys += keys
        all.values += values
        all.wrong += wrong
      }
  return all
}

/** A group is keyed as the product has it keyed, until every value stands. */
function keyBy(page: ReadPage, group: EntryGroup, rules: OfferRules, random: Random): Tally {
  const tally: Tally = { keys: 0, values: group.fields.length, wrong: 0 }
  const entries: Entry[] = []
  const byMachine = group.keying === 'machine' ? machineValues(page, group, rules) : {}
  if (Object.keys(byMachine).length > 0)
    entries.push(entryOf(group, MACHINE_PASS, 'machine', byMachine))
  const keyPass = (pass: number) => {
    const values: Record<string, string> = {}
    for (const field of fieldsOfPass(group, pass, entries)) {
      const { text, keys } = typeChecked(field, truthOf(page, field), random)
      tally.keys += keys
      values[field.key] = text
    }
    // Saving goes on to the next.
    tally.keys += 1
    entries.push(entryOf(group, pass, 'person', values))
  }
  for (const pass of passesOf(group, new Set(Object.keys(byMachine)))) keyPass(pass)
  const differs = () => compareEntries(group, entries).some(({ agreed }) => !agreed)
  if (differs() && needsThird(group, entries)) keyPass(THIRD_PASS)
  for (const one of compareEntries(group, entries)) {
    const truth = truthOf(page, one.field)
    if (one.agreed) {
      if (one.value !== truth) tally.wrong += 1
      continue
    }
    // Whoever decides has the paper: a digit chooses what is right, or it is typed.
    const isThere = one.entries.some(({ values }) => values[one.field.key] === truth)
    tally.keys += 1 + (isThere ? 1 : keysOf(one.field, truth))
  }
  return tally
}

function keyTwice(page: ReadPage, group: EntryGroup, random: Random): Tally {
  const tally: Tally = { keys: 2, values: group.fields.length, wrong: 0 }
  for (const field of group.fields) {
    const truth = truthOf(page, field)
    const [one, other] = [type(field, truth, random), type(field, truth, random)]
    tally.keys += one.keys + other.keys
    // Whoever compares the tables copies what is right, or types it.
    const isThere = one.text === truth || other.text === truth
    if (one.text !== other.text) tally.keys += 1 + (isThere ? 1 : keysOf(field, truth))
    else if (one.text !== truth) tally.wrong += 1
  }
  return tally
}

function machineValues(
  { fields }: ReadPage,
  group: EntryGroup,
  rules: OfferRules
): Record<string, string> {
  return Object.fromEntries(
    group.fields.flatMap((field) => {
      const reading = fields.find(({ key }) => key === field.key)
      const isOffered =
        reading?.decision === 'offer' && rules.offers(field.kind, reading.value, reading.confidence)
      return isOffered ? [[field.key, reading.value]] : []
    })
  )
}

function entryOf(
  group: EntryGroup,
  pass: number,
  source: Entry['source'],
  values: Record<string, string>
): Entry {
  return { id: `${pass}`, groupKey: group.key, round: 1, pass, source, userId: null, values }
}

/** Types a value as on the screen: what can't be is said while it is typed, and typed once more. */
function typeChecked(field: Field, truth: string, random: Random): { text: string; keys: number } {
  const first = type(field, truth, random)
  const { problem } = normalize({ ...field, required: false }, typed(field, first.text))
  if (first.text === truth || !problem) return first
  const again = type(field, truth, random)
  return { text: again.text, keys: first.keys + again.keys }
}

/** Types a value, with the errors of who types. */
function type(field: Field, truth: string, random: Random): { text: string; keys: number } {
  const keys = keysOf(field, truth)
  const isWrong = random.chance(1 - (1 - ERROR) ** keys)
  return { text: isWrong ? slipped(field, truth, random) : truth, keys }
}

/** A value with one slip in it: another option, or a character left out, doubled or taken for another. */
function slipped(field: Field, truth: string, random: Random): string {
  if (kindOf(field).paper === 'marks') {
    const others = (field.options ?? []).filter(({ value }) => value !== truth)
    return others.length > 0 ? random.pick(others).value : truth === '' ? 'yes' : ''
  }
  const characters = [...truth]
  if (characters.length === 0) return truth
  const at = random.whole(0, characters.length - 1)
  const other = /\d/.test(characters[at]) ? String(random.whole(0, 9)) : characters[at - 1]
  const slips = [[], [characters[at], characters[at]], other ? [other] : []]
  characters.splice(at, 1, ...random.pick(slips))
  return characters.join('')
}

/** Keystrokes for a value, with the one that goes on to the next field. */
function keysOf(field: Field, value: string): number {
  if (kindOf(field).paper === 'marks') return 1 + value.split(',').filter(Boolean).length
  let keys = 1
  for (const character of typed(field, value)) {
    if (/[\u3040-\u30ff]/.test(character)) keys += KANA_KEYS
    else keys += character.charCodeAt(0) < 0x2000 ? 1 : KANJI_KEYS
  }
  return keys
}
