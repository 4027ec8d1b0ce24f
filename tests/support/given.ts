import db from '@adonisjs/lucid/services/db'
import sharp from 'sharp'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { drainFlow } from '#app/flow/sweeper'
import User, { type Site } from '#app/people/user'
import Page from '#app/intake/page'
import Scan from '#app/intake/scan'
import type { RunWishes } from '#app/replies/print_runs/plan_print_run'
import { saveEntry } from '#app/keying/save_entry'
import { makeSample, type Sample } from '#app/samples/make_sample'
import { openSubmission } from '#app/intake/open_submission'
import Submission from '#app/submissions/submission'
import { addDays, isOfficeClosed, weekday } from '#app/core/japanese_calendar'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { writeSealedFile } from '#app/core/sealed_files'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { takeNextTask } from '#app/tasks/take_next_task'

export function person(login: string): Promise<User> {
  return User.findByOrFail('login', login)
}

export function vaccination() {
  return serviceOf('vaccination')
}

/** A service with its newest version. */
export async function serviceOf(slug: string) {
  const service = await Service.findByOrFail('slug', slug)
  const version = await ServiceVersion.query()
    .where('serviceId', service.id)
    .orderBy('number', 'desc')
    .firstOrFail()
  return { service, version }
}

/** The n-th open day of the calendar, far enough ahead for doors to have their shares, MM-DD. */
export function openDay(nth = 0): string {
  let day = addDays(today(), 15)
  for (let left = nth; ; day = addDays(day, 1)) {
    if (![2, 4].includes(weekday(day)) || isOfficeClosed(day)) continue
    if (left-- === 0) return day.slice(5)
  }
}

/** Gives what a resident wrote; anything can be given differently. */
export function answers(given: Record<string, string> = {}): Record<string, string> {
  return {
    name_kana: 'ヤマダ ハルエ',
    name: '山田 はるゑ',
    birth_date: '1944-05-03',
    voucher_number: '1234567897',
    postcode: '3999903',
    address: '青嶺市大字上久保1234番地5',
    phone: '0263001234',
    vaccines: 'influenza',
    wish1: `${openDay(0)} 10:30`,
    wish2: `${openDay(1)} 11:00`,
    wish3: '',
    asked_by: 'self',
    companion: 'none',
    type_size: 'large',
    watchword: 'あさがお',
    ...given,
  }
}

let paper: Promise<Buffer> | undefined

/** A submission whose two pages have been read, with its keying tasks; the pictures are white paper. */
export async function givenSubmission(options: { envelopeId?: string } = {}): Promise<Submission> {
  const submission = await givenPaper(options)
  await drainFlow()
  return Submission.findOrFail(submission.id)
}

/** A submission as its two pages have just become one: nothing has been done about it yet. */
export async function givenPaper(
  options: { envelopeId?: string; slug?: string; arrivedOn?: string } = {}
): Promise<Submission> {
  const { service, version } = await serviceOf(options.slug ?? 'vaccination')
  const desk = await person('madoguchi')
  const picture = await (paper ??= sharp({
    create: { width: 1654, height: 2339, channels: 3, background: '#fff' },
  })
    .grayscale()
    .jpeg()
    .toBuffer())
  const sides = [...new Set(version.description.groups.map((group) => group.page))].sort()
  return transition(async (t) => {
    const sealer = await createSealer(t.trx, 'scan')
    const id = newId()
    const scan = await Scan.create(
      {
        id,
        clientId: service.clientId,
        serviceId: service.id,
        envelopeId: options.envelopeId ?? null,
        source: 'upload',
        uploadedBy: desk.id,
        uploadKey: id,
        name: sealer.sealText(`scans.name:${id}`, 'given.pdf'),
        mediaType: 'application/pdf',
        size: 1,
        contentHash: id,
        dataKeyId: sealer.dataKeyId,
        file: await writeSealedFile(sealer, 'scans', Buffer.from('x')),
        state: 'separated',
        pageCount: sides.length,
        arrivedOn: options.arrivedOn ?? today(),
      },
      { client: t.trx }
    )
    const pages: Page[] = []
    for (const number of sides) {
      const pageSealer = await createSealer(t.trx, 'page')
      const image = await writeSealedFile(pageSealer, 'pages', picture)
      pages.push(
        await Page.create(
          {
            id: newId(),
            scanId: scan.id,
            clientId: service.clientId,
            number,
            formPage: number,
            serviceVersionId: version.id,
            dataKeyId: pageSealer.dataKeyId,
            image,
            registeredImage: image,
            width: 1654,
            height: 2339,
            state: 'read',
          },
          { client: t.trx }
        )
      )
    }
    return openSubmission(t, {
      clientId: service.clientId,
      serviceVersionId: version.id,
      envelopeId: scan.envelopeId,
      arrivedOn: scan.arrivedOn,
      copyId: null,
      pages,
    })
  })
}

/** Takes the next task of a person, loaded. */
export async function take(user: User, site: Site = 'center'): Promise<Assignment | null> {
  const taken = await takeNextTask(user, site)
  if (!taken.ok) return null
  await taken.assignment.load('task')
  return taken.assignment
}

/** Two operators key everything that is open, and the flow goes on. The second one's values can be given differently. */
export async function keyAll(first: Record<string, string>, second = first): Promise<void> {
  await keyOpen(first, second)
  await drainFlow()
}

/** The same, with everything that follows left to a worker. */
export async function keyOpen(
  first: Record<string, string>,
  second = first,
  slug = 'vaccination'
): Promise<void> {
  for (const [login, values] of [
    ['operator1', first],
    ['operator2', second],
  ] as const) {
    const user = await person(login)
    const { version } = await serviceOf(slug)
    for (let assignment = await take(user); assignment; assignment = await take(user)) {
      const keys = version.group(assignment.task.groupKey).fields.map((field) => field.key)
      await saveEntry(assignment, Object.fromEntries(keys.map((key) => [key, values[key] ?? ''])))
    }
  }
}

/** A submission keyed by two people with these answers, and everything after that which needs nobody. */
export async function givenKeyed(given: Record<string, string> = {}): Promise<Submission> {
  const submission = await givenSubmission()
  await keyAll(answers(given))
  return submission.refresh()
}

export async function sample(seed: number, given: Record<string, string> = {}): Promise<Sample> {
  const { version } = await vaccination()
  return makeSample(version.description, version.number, seed, today(), given)
}

/** Fills a slot up to its last place. */
export async function fillSlot(day: string, time: string): Promise<void> {
  const year =
    day >= today().slice(5) ? today().slice(0, 4) : String(Number(today().slice(0, 4)) + 1)
  await db
    .from('slots')
    .where('starts_at', `${year}-${day}T${time}:00`)
    .update({ taken: db.raw('capacity') })
}

/** Gives a run's wishes where a test is about something else. */
export function runWishes(product: RunWishes['product'] = 'letter'): RunWishes {
  return { product, documentNumbers: ['8青健第412号'], datedOn: today() }
}
