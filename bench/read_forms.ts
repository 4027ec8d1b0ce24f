import { availableParallelism } from 'node:os'
import app from '@adonisjs/core/services/app'
import type { Description, Field } from '#app/catalog/description'
import { normalize } from '#app/catalog/field_values'
import { Decoder } from '#app/reading/decoding/decoder'
import { openPicture } from '#app/reading/gray_image'
import type { Evidence } from '#app/reading/learn_thresholds'
import { OfferRules, type Thresholds } from '#app/reading/offer_rules'
import { findForm } from '#app/reading/paper_form'
import type { FieldReading } from '#app/reading/read_field'
import { readPicture } from '#app/reading/read_picture'
import { Recognizer } from '#app/reading/recognizer'
import { ARRIVALS, arrive, type Arrival } from '#app/samples/arrivals'
import { fillIn, HANDS, inventHand } from '#app/samples/make_sample'
import { inventAnswers } from '#app/samples/people'
import { Random } from '#app/core/random'

const SEED = 20_261_121
const TODAY = '2026-11-21'

/** A generated page of a form, as it arrived. */
export interface SentPage {
  way: Arrival
  /** which half of the faces and of the ways' faults it has: thresholds learnt on one are judged on the other */
  half: 0 | 1
  file: Buffer
  page: number
  values: Record<string, string>
}

/** The same, read; `residualMm` null where nothing could be. */
export interface ReadPage extends SentPage {
  residualMm: number | null
  fields: FieldReading[]
}

/** Generates so many pages in eight hands, arriving in five ways. */
export async function sendPages(description: Description, count: number): Promise<SentPage[]> {
  const sent: SentPage[] = []
  for (let form = 0; sent.length < count; form++) {
    const random = new Random(SEED + form)
    const values = inventAnswers(random, TODAY)
    const half = form % 2 === 0 ? 0 : 1
    const faces = HANDS.filter((_, index) => index % 2 === half)
    const hand = { ...inventHand(random), face: random.pick(faces) }
    const papers = await fillIn(description, 1, values, hand, random, 300)
    const way = ARRIVALS[Math.floor(form / 2) % ARRIVALS.length]
    for (const [index, paper] of papers.entries())
      sent.push({ way, half, file: await arrive(way, paper, random), page: index + 1, values })
  }
  return sent
}

/** Reads them, on all cores, whatever the confidence. */
export async function readPages(sent: SentPage[]): Promise<ReadPage[]> {
  const recognizer = await app.container.make(Recognizer)
  // Everything is offered: what a threshold would have meant is judged afterwards.
  const rules = new OfferRules(ALL)
  const decoder = new Decoder()
  const read = new Map<SentPage, ReadPage>()
  let next = 0
  const work = async () => {
    for (let one = sent[next++]; one; one = sent[next++]) {
      let result: ReadPage = { ...one, residualMm: null, fields: [] }
      const decoded = await decoder.decode(one.file, async ({ jpeg, dpi }) => {
        const picture = await readPicture(
          await openPicture(jpeg),
          { find: findForm, recognizer, rules },
          dpi
        )
        if (picture.ok)
          result = { ...result, residualMm: picture.page.residualMm, fields: picture.fields }
        else if (process.env.VERBOSE) console.error(one.way, picture.reason)
      })
      if (!decoded.ok) throw new Error(`${one.way}: ${decoded.reason}`)
      read.set(one, result)
    }
  }
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  } finally {
    decoder.close()
  }
  // In the order in which they were sent, however long each took.
  return sent.flatMap((one) => read.get(one) ?? [])
}

const ALL: Thresholds = new Proxy({}, { get: () => 0 })
/** The readings of pages as thresholds are learnt from them. */
export function evidenceOf(pages: ReadPage[], fields: Map<string, Field>): Evidence[] {
  return pages.flatMap((page) =>
    page.fields
      .filter((reading) => reading.decision === 'offer')
      .map((reading) => ({
        kind: reading.value === '' ? 'blank' : fields.get(reading.key)!.kind,
        confidence: reading.confidence,
        right: reading.value === truthOf(page, fields.get(reading.key)!),
      }))
  )
}

/** The value that is written on the page, as it is kept. */
export function truthOf(page: SentPage, field: Field): string {
  return normalize({ ...field, required: false }, page.values[field.key] ?? '').value
}
