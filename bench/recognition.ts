import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import {
  evidenceOf,
  readPages,
  sendPages,
  truthOf,
  type ReadPage,
  type SentPage,
} from '#bench/read_forms'
import { report } from '#bench/report'
import type { Field } from '#app/catalog/description'
import { learnThresholds } from '#app/reading/learn_thresholds'
import { OfferRules, type Thresholds } from '#app/reading/offer_rules'
import { findForm } from '#app/reading/paper_form'
import type { FieldReading } from '#app/reading/read_field'
import { ARRIVALS, type Arrival } from '#app/samples/arrivals'

const PAGES = Number(process.env.PAGES ?? 300)
/** share of offered readings that may be wrong when thresholds are learnt */
const TARGET = 0.003
/** Text in which the baseline searches is from one page in so many: it takes its time. */
const BASELINE_EVERY = Number(process.env.BASELINE_EVERY ?? 5)

/** 300 generated pages in eight hands, arriving in five ways, read; beside OCRmyPDF on the same files. */
export async function benchRecognition(): Promise<void> {
  const form = await findForm({ service: 'vaccination', version: 1 })
  if (!form) throw new Error('There is no vaccination service')
  const { description } = form
  for (const zone of description.zones) PAGE_OF.set(zone.field, zone.page)
  const sent = await sendPages(description, PAGES)
  const began = performance.now()
  const read = await readPages(sent)
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
  const exact = (pages: ReadPage[]) =>
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

const MARKS = ['choice', 'ticks']

/** Figures of one way to arrive, with the thresholds learnt on the half that a page isn't of. */
function tell(
  way: Arrival,
  pages: ReadPage[],
  fields: Map<string, Field>,
  learnt: Thresholds[]
): void {
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
  pages: ReadPage[],
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
