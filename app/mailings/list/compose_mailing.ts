import { endMailing } from '#app/mailings/end_mailing'
import { rememberAddresses } from '#app/mailings/list/earlier_lists'
import { held, heldContacts } from '#app/mailings/list/held_contacts'
import { openMatched } from '#app/mailings/list/list_columns'
import Mailing from '#app/mailings/mailing'
import { lockMailing } from '#app/mailings/own_mailing'
import { templateOf } from '#app/mailings/templates/template_versions'
import { factsIn } from '#app/registry/facts_in'
import type { WishedSize } from '#app/registry/wishes/reply_wish'
import { wishesOf } from '#app/registry/wishes/wishes_of'
import { letterOf } from '#app/replies/compose/check_row'
import { typesetParts } from '#app/replies/compose/typeset_parts'
import type { Letter } from '#app/replies/letter'
import Reply from '#app/replies/reply'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { newId } from '#app/core/ids'
import { inBatches } from '#app/core/in_batches'
import { readSealedFile } from '#app/core/sealed_files'
import type { Queries } from '#app/core/queries'
import { openSealer } from '#app/core/sealing'
import type { TableRow } from '#app/core/tables/table'
import { transition, type Transition } from '#app/core/transition'
import db from '@adonisjs/lucid/services/db'

/** Rows that are composed together: more take memory, fewer repeat the faces of print. */
const AT_ONCE = 400

/** A row that goes, with its letter. */
interface Going {
  row: number
  place: number
  letter: Letter
  pages: number
  reasons: string[]
}

/**
 * Makes a letter of every row that was approved: of each a reply that can be printed, or a reason. What is there already
 * is left as it is, so it goes on where a worker died.
 */
export async function composeMailing(id: string): Promise<void> {
  await withClaim('mailing', id, 'composing', async (attempt) => {
    if (attempt > MAX_ATTEMPTS) return giveUp(id)
    const mailing = await Mailing.findOrFail(id)
    const words = await templateOf(mailing)
    const content = await readSealedFile(await openSealer(mailing.dataKeyId), mailing.file!)
    const opened = await openMatched(content, words, mailing.matching)
    if (!opened.ok) throw new Error(`The list of the mailing ${id} can't be read any more`)
    let done = 0
    for await (const part of inBatches(opened.rows(), AT_ONCE)) {
      done += part.length
      const letters = await lettersOf(mailing, words, opened.headings, part)
      if (!(await keepLetters(mailing, letters, done))) return
    }
    await transition(async (t) => {
      const open = await lockMailing(t, id, 'composing')
      if (!open) return
      const { count }: { count: number } = await t.trx
        .from('mailing_rows')
        .where({ mailing_id: id, state: 'composed' })
        .select(t.trx.raw('count(*)::int as count'))
        .firstOrFail()
      await open.merge({ letters: count }).finishComposing(t)
    })
  })
}

/** Its letters can't be made, however often it is tried: none goes, and its page says so. */
async function giveUp(id: string): Promise<void> {
  await transition(async (t) => {
    const open = await lockMailing(t, id, 'composing')
    if (open) await endMailing(t, open.merge({ reason: 'mailings.not_composed' }), null)
  })
}

/** Fills in the letters of rows that are still to be made, and sees whether each can be printed and may be sent. */
async function lettersOf(
  mailing: Mailing,
  template: LetterTemplate,
  headings: string[],
  part: TableRow[]
): Promise<Going[]> {
  const places = await placesOf(mailing.id, part)
  const rows = part.filter(({ row }) => places.has(row))
  if (rows.length === 0) return []
  const stopped = await heldContacts(mailing.clientId, headings, rows)
  const people = rows.map(({ cells }) => factsIn(headings, cells))
  const wishes = await wishesOf(people.map((facts) => ({ clientId: mailing.clientId, facts })))
  const letters = rows.map(({ values }, index) => ({
    // Whoever asked for larger type gets it from every list; nobody gets smaller type than the others.
    ...letterOf(template, values, larger(mailing.typeSize, wishes[index]?.row.typeSize)),
    person: people[index],
  }))
  const made = await typesetParts(mailing.product, letters)
  return rows.map(({ row }, index) => ({
    row,
    place: places.get(row)!,
    letter: letters[index],
    pages: made[index].pages,
    reasons: [...(stopped.get(row) ?? []), ...made[index].faults],
  }))
}

function larger(size: WishedSize, wished: WishedSize | null | undefined): WishedSize {
  return wished && wished > size ? wished : size
}

/** The places in the stack of those rows of a part that are still to be made. */
async function placesOf(
  id: string,
  part: Pick<TableRow, 'row'>[],
  client: Queries = db
): Promise<Map<number, number>> {
  if (part.length === 0) return new Map()
  const rows: { row: number; place: number }[] = await client
    .from('mailing_rows')
    .where({ mailing_id: id, state: 'going' })
    .whereBetween('row', [part[0].row, part.at(-1)!.row])
    .select('row', 'place')
  return new Map(rows.map(({ row, place }) => [row, place]))
}

async function keepLetters(mailing: Mailing, made: Going[], done: number): Promise<boolean> {
  return transition(async (t) => {
    const open = await lockMailing(t, mailing.id, 'composing')
    if (!open) return false
    // Another worker may have made them since, when this one's claim ran out.
    const places = await placesOf(mailing.id, made, t.trx)
    const letters = made.filter(({ row }) => places.has(row))
    const going = letters.flatMap((one) =>
      one.reasons.length === 0 ? { ...one, id: newId() } : []
    )
    await Reply.openOfMailing(t, mailing, going)
    await rememberAddresses(t, mailing, going)
    await markRows(
      t,
      mailing.id,
      letters.map(({ row, reasons }) => ({
        row,
        reasons,
        reply: going.find((one) => one.row === row)?.id ?? null,
      }))
    )
    // As long as it comes forward it isn't given up.
    const attempts = letters.length > 0 ? 0 : open.attempts
    await open.merge({ rowsDone: done, attempts }).useTransaction(t.trx).save()
    t.announce(`mailings/${mailing.id}`)
    return true
  })
}

async function markRows(
  t: Transition,
  id: string,
  rows: { row: number; reasons: string[]; reply: string | null }[]
): Promise<void> {
  if (rows.length === 0) return
  await t.trx.rawQuery(
    `update mailing_rows set state = found.state, reasons = cast(found.reasons as jsonb), reply_id = cast(nullif(found.reply, '') as uuid)
     from unnest(cast(:rows as int[]), cast(:states as text[]), cast(:reasons as text[]), cast(:replies as text[]))
       as found (row, state, reasons, reply)
     where mailing_rows.mailing_id = :id and mailing_rows.row = found.row`,
    {
      id,
      rows: rows.map(({ row }) => row),
      states: rows.map(({ reasons }) => (held(reasons) === 'held' ? 'held' : 'composed')),
      reasons: rows.map(({ reasons }) => JSON.stringify(reasons)),
      replies: rows.map(({ reply }) => reply ?? ''),
    }
  )
}
