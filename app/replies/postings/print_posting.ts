import db from '@adonisjs/lucid/services/db'
import type { I18n } from '@adonisjs/i18n'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { eraDate } from '#app/core/japanese_calendar'
import { openLivingSealers } from '#app/core/sealing'
import { inParts } from '#app/core/in_parts'
import { typeset } from '#app/core/typesetter'
import { contentOf } from '#app/replies/postings/list_postings'
import { dayOf } from '#app/replies/postings/hand_over_posting'
import type Posting from '#app/replies/postings/posting'

/** The list for the mail counter (差出票) as PDF; of services that are signed for, with whom each piece goes to. */
export async function printPosting(posting: Posting, i18n: I18n): Promise<Buffer> {
  const { lines, sum } = await contentOf(posting)
  const client: { name: string } = await db
    .from('organizations')
    .where('id', posting.clientId)
    .select('name')
    .firstOrFail()
  const word = (key: string) => i18n.t(`postings.${key}`)
  const content = {
    title: word('list'),
    number: posting.number,
    facts: [
      [word('sender'), client.name],
      [word('office'), posting.office],
      [word('posted_on'), eraDate(dayOf(posting))],
      [word('mail_service'), word(`service_${posting.mailService}`)],
      [word('paid_by'), word(`paid_${posting.paidBy}`)],
      ...(posting.noForwarding ? [['', word('no_forwarding')]] : []),
    ],
    headings: ['grams', 'step', 'pieces', 'each', 'yen'].map(word),
    lines: lines.map((line) => [
      `${line.grams} g`,
      i18n.t(`postings.shape_${line.shape}`, { grams: line.upTo }),
      ...[line.pieces, line.each, line.yen].map((number) => number.toLocaleString('ja-JP')),
    ]),
    sum: [word('sum'), ...[sum.pieces, sum.yen].map((number) => number.toLocaleString('ja-JP'))],
    counted: word('accepted'),
    stamp: word('stamp'),
    people: posting.mailService === 'ordinary' ? [] : await peopleOf(posting.id),
    people_headings: ['sheet', 'addressee', 'tracking'].map(word),
  }
  // Thousands of names take a while: apart, while this process serves others.
  const { pdf } = await typeset('posting.typ', content, { apart: [] })
  return pdf
}

interface Addressed {
  run: number
  sheet: number
  id: string
  data_key_id: string
  inputs: Buffer | null
}

async function peopleOf(postingId: string): Promise<string[][]> {
  const rows: Addressed[] = await db
    .from('sheets')
    .join('print_runs', 'print_runs.id', 'sheets.print_run_id')
    .join('replies', 'replies.id', 'sheets.reply_id')
    .where('print_runs.posting_id', postingId)
    .whereIn('sheets.state', ['enclosed', 'posted', 'returned'])
    .orderBy(['print_runs.number', 'sheets.number'])
    .select(
      'print_runs.number as run',
      'sheets.number as sheet',
      'replies.id',
      'replies.data_key_id',
      'replies.inputs'
    )
  const people: string[][] = []
  for (const part of inParts(rows)) {
    const sealers = await openLivingSealers(part.map((row) => row.data_key_id))
    for (const { run, sheet, id, data_key_id: key, inputs } of part) {
      // What a letter says may be gone by now.
      const letter = inputs && sealers.get(key)?.openJson<Letter>(letterSealContext(id), inputs)
      const to = letter ? `${letter.to.name} ${letter.honorific ?? '様'}` : ''
      people.push([`${run}-${sheet}`, to, ''])
    }
  }
  return people
}
