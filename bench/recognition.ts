import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { report } from '#bench/report'
import type { Description, Field } from '#app/catalog/description'
import { normalize } from '#app/catalog/field_values'
import { Decoder } from '#app/reading/decoding/decoder'
import { openPicture } from '#app/reading/gray_image'
import { learnThresholds, type Evidence } from '#app/reading/learn_thresholds'
import { OfferRules, type Thresholds } from '#app/reading/offer_rules'
import { findForm } from '#app/reading/paper_form'
import type { FieldReading } from '#app/reading/read_field'
import { readPicture } from '#app/reading/read_picture'
import { Recognizer } from '#app/reading/recognizer'
import { ARRIVALS, arrive, type Arrival } from '#app/samples/arrivals'
import { fillIn, HANDS, inventHand } from '#app/samples/make_sample'
import { inventAnswers } from '#app/samples/people'
import { Random } from '#app/core/random'

const PAGES = Number(process.env.PAGES ?? 300)
const SEED = 20_261_121
const TODAY = '2026-11-21'
/** share of offered readings that may be wrong when thresholds are learnt */
const TARGET = 0.003
/** Text in which the baseline searches is from one page in so many: it takes its time. */
const BASELINE_EVERY = Number(process.env.BASELINE_EVERY ?? 5)

interface SentPage {
  way: Arrival
  /** which half of the faces and of the ways' faults it has: thresholds learnt on one are judged on the other */
  half: 0 | 1
  file: Buffer
  page: number
  values: Record<string, string>
}

interface Read extends SentPage {
  residualMm: number | null
  fields: FieldReading[]
}

/** 300 generated pages in eight hands, arriving in five ways, read; beside OCRmyPDF on the same files. */
export async function benchRecognition(): Promise<void> {
  const form = await findForm({ service: 'vaccination', version: 1 })
  if (!form) throw new Error('There is no vaccination service')
  const { description } = form
  for (const zone of description.zones) PAGE_OF.set(zone.field, zone.page)
  const sent = await send(description)
  const began = performance.now()
  const read = await readAll(sent)
  const seconds = (performance.now() - began) / 1000
  if (process.env.DUMP)
    writeFileSync(
      process.env.DUMP,
      JSON.stringify(read.map((one) => ({ ...one, file: undefined })))
    )
  const fields = new Map(
    description.groups.flatMap((group) => group.fields).map((field) => [field.key, field])
  )
  const halves = [0, 1] as const
  const learnt = halves.map((half) =>
    learnThresholds(
      evidenceOf(
        read.filter((one) => one.half === half),
        fields
      ),
      TARGET
    )
  )
  for (const way of ARRIVALS)
    tell(
      way,
      read.filter((one) => one.way === way),
      fields,
      learnt
    )
  const baseline = ocrMyPdf(sent, fields)
  report(
    'recognition',
    { name: 'pages_per_second', value: sent.length / seconds, unit: 'pages/s' },
    baseline && { name: 'OCRmyPDF', value: baseline.pagesPerSecond, moreIsBetter: true }
  )
  const exact = (pages: Read[]) =>
    shareOf(pages, fields, (reading, truth) => reading.value === truth)
  report(
    'recognition',
    { name: 'fields_exact', value: exact(read), unit: 'share' },
    baseline && { name: 'OCRmyPDF', value: baseline.exact, moreIsBetter: true }
  )
  report('recognition', {
    name: 'peak_mb',
    value: process.resourceUsage().maxRSS / 1024,
    unit: 'MB',
  })
  if (process.env.LEARN)
    writeFileSync(
      app.makePath('resources/recognition/thresholds.json'),
      `${JSON.stringify(rounded(learnThresholds(evidenceOf(read, fields), TARGET)), null, 2)}\n`
    )
}

async function send(description: Description): Promise<SentPage[]> {
  const sent: SentPage[] = []
  for (let form = 0; sent.length < PAGES; form++) {
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

async function readAll(sent: SentPage[]): Promise<Read[]> {
  const recognizer = await app.container.make(Recognizer)
  // Everything is offered: what a threshold would have meant is judged afterwards.
  const rules = new OfferRules(ALL)
  const decoder = new Decoder()
  const read: Read[] = []
  let next = 0
  const work = async () => {
    for (let one = sent[next++]; one; one = sent[next++]) {
      let result: Read = { ...one, residualMm: null, fields: [] }
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
      read.push(result)
    }
  }
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  } finally {
    decoder.close()
  }
  return read
}

const ALL: Thresholds = new Proxy({}, { get: () => 0 })
const MARKS = ['choice', 'ticks']

function evidenceOf(pages: Read[], fields: Map<string, Field>): Evidence[] {
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

function truthOf(page: SentPage, field: Field): string {
  return normalize({ ...field, required: false }, page.values[field.key] ?? '').value
}

/** Figures of one way to arrive, with the thresholds learnt on the half that a page isn't of. */
function tell(way: Arrival, pages: Read[], fields: Map<string, Field>, learnt: Thresholds[]): void {
  let [offered, right, all] = [0, 0, 0]
  const marks = { right: 0, wrong: 0, asked: 0 }
  for (const page of pages) {
    const rules = new OfferRules(learnt[1 - page.half])
    for (const field of onPage(page, fields)) {
      all++
      const reading = page.fields.find((one) => one.key === field.key)
      const isOffered =
        reading?.decision === 'offer' && rules.offers(field.kind, reading.value, reading.confidence)
      const isRight = reading?.value === truthOf(page, field)
      if (isOffered) offered++
      if (isOffered && isRight) right++
      if (isOffered && !isRight && process.env.VERBOSE)
        console.error(way, field.key, reading, truthOf(page, field))
      if (MARKS.includes(field.kind)) marks[isOffered ? (isRight ? 'right' : 'wrong') : 'asked']++
    }
  }
  const residuals = pages.flatMap((page) => page.residualMm ?? [])
  const figures = {
    fields_exact: shareOf(pages, fields, (reading, truth) => reading.value === truth),
    offered_right: right / all,
    offered_wrong: offered === 0 ? 0 : (offered - right) / offered,
    asked: (all - offered) / all,
    marks_right: marks.right / (marks.right + marks.wrong + marks.asked),
    marks_wrong: marks.wrong / (marks.right + marks.wrong + marks.asked),
    marks_asked: marks.asked / (marks.right + marks.wrong + marks.asked),
  }
  for (const [name, value] of Object.entries(figures))
    report('recognition', { name: `${way}_${name}`, value, unit: 'share' })
  report('recognition', {
    name: `${way}_residual_mm`,
    value: Math.max(...residuals),
    unit: 'mm',
  })
  report('recognition', {
    name: `${way}_pages_read`,
    value: residuals.length / pages.length,
    unit: 'share',
  })
}

/** The fields whose answers stand on this side. */
function onPage(page: SentPage, fields: Map<string, Field>): Field[] {
  return [...fields.values()].filter((field) => PAGE_OF.get(field.key) === page.page)
}

const PAGE_OF = new Map<string, number>()

function shareOf(
  pages: Read[],
  fields: Map<string, Field>,
  counts: (reading: FieldReading, truth: string) => boolean
): number {
  let [met, all] = [0, 0]
  for (const page of pages) {
    for (const field of onPage(page, fields)) {
      all++
      const reading = page.fields.find((one) => one.key === field.key)
      if (reading && counts(reading, truthOf(page, field))) met++
    }
  }
  return met / all
}

/** The whole page by OCRmyPDF, on as many cores; a field counts when its text stands anywhere in the page's. */
function ocrMyPdf(
  sent: SentPage[],
  fields: Map<string, Field>
): { pagesPerSecond: number; exact: number } | undefined {
  if (spawnSync('ocrmypdf', ['--version']).status !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const pages = sent.filter((_, index) => index % BASELINE_EVERY === 0)
  const jobs = String(availableParallelism())
  const options = [
    '-q',
    '-l',
    'jpn',
    '--force-ocr',
    '--output-type',
    'pdf',
    '--jobs',
    jobs,
    '--image-dpi',
    '200',
  ]
  let [met, all, milliseconds] = [0, 0, 0]
  try {
    for (const [index, page] of pages.entries()) {
      const [text, input, output] = [`${index}.txt`, `${index}.in`, 'out.pdf'].map((name) =>
        join(folder, name)
      )
      writeFileSync(input, page.file)
      const began = performance.now()
      execFileSync('ocrmypdf', [...options, '--sidecar', text, input, output], { stdio: 'ignore' })
      milliseconds += performance.now() - began
      const found = readFileSync(text, 'utf8').normalize('NFKC').replace(/\s/g, '')
      for (const field of onPage(page, fields)) {
        all++
        const truth = page.values[field.key] ?? ''
        // It can't tell marks: what isn't text counts as not read.
        if (truth !== '' && !MARKS.includes(field.kind) && found.includes(truth.replace(/\s/g, '')))
          met++
      }
    }
    return { pagesPerSecond: pages.length / (milliseconds / 1000), exact: met / all }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rounded(thresholds: Thresholds): Thresholds {
  return Object.fromEntries(
    Object.entries(thresholds).map(([kind, value]) => [kind, Math.ceil(value * 1000) / 1000])
  )
}
