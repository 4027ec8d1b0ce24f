import { zipSync } from 'fflate'
import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import { show } from '#app/catalog/field_values'
import { frozenVersion } from '#app/catalog/frozen_version'
import type Disclosure from '#app/center/residents/disclosure'
import Page from '#app/intake/page'
import Organization from '#app/people/organization'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { residentRecords } from '#app/submissions/resident_records'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { factsOf, type PersonFacts } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { today, wallTime } from '#app/core/clock'
import { eraAndYear } from '#app/core/japanese_calendar'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { typeset } from '#app/core/typesetter'

interface Section {
  title: string
  rows: [string, string][]
  history: [string, string][]
  pictures: number
}

/**
 * Packs what a disclosure names: a paper in large type with every value and who worked with it, and the pictures of the
 * resident's own paper. What has been erased meanwhile is left out, and the paper says how much.
 */
export async function packDisclosure(user: User, disclosure: Disclosure): Promise<Buffer> {
  const words = i18nManager.locale('ja')
  const ids = disclosure.named.filter(({ record }) => record === 'submission').map(({ id }) => id)
  const submissions = await visibleTo(Submission.query(), user)
    .whereIn('id', ids)
    .whereNot('state', 'erased')
    .where('submissions.client_id', disclosure.clientId)
    .orderBy('createdAt')
  const files: Record<string, Uint8Array> = {}
  const sections: Section[] = []
  const facts: PersonFacts[] = []
  for (const submission of submissions) {
    const version = await frozenVersion(submission.serviceVersionId)
    const latest = await latestValues(submission)
    facts.push(factsOf(version.description.person, valueIn(latest?.values)))
    const pictures = await picturesOf(submission.id)
    for (const [index, picture] of pictures.entries())
      files[`pages/${submission.receipt}-${index + 1}.jpg`] = picture
    sections.push({
      title: `${version.description.name.ja} ${submission.receipt} (${eraAndYear(submission.arrivedOn)})`,
      rows: version.description.groups
        .flatMap((group) => group.fields)
        .flatMap((field): [string, string][] => {
          const standing = latest?.values.get(field.key)
          return standing ? [[field.label.ja, show(field, standing.value, 'ja')]] : []
        }),
      history: (await historyOf(submission.id)).map(({ verb, at }) => [
        momentOf(at),
        words.t(`events.${verb}`, {}, verb),
      ]),
      pictures: pictures.length,
    })
  }
  let found = submissions.length
  for (const kind of residentRecords.all()) {
    const wanted = disclosure.named.filter(({ record }) => record === kind.name)
    if (wanted.length === 0) continue
    for (const one of await kind.find({ clientId: disclosure.clientId, facts })) {
      if (!wanted.some(({ id }) => id === one.id)) continue
      found++
      sections.push({
        title: `${words.t(`residents.of_${kind.name}`)} (${momentOf(one.at)})`,
        rows: one.says.map(([key, value]) => [words.t(`residents.fact_${key}`, {}, key), value]),
        history: [],
        pictures: 0,
      })
    }
  }
  const client = await Organization.findOrFail(disclosure.clientId)
  const { pdf } = await typeset('disclosure.typ', {
    number: disclosure.number,
    date: eraAndYear(today()),
    client: client.name,
    ground: disclosure.ground,
    missing: disclosure.named.length - found,
    sections,
  })
  return Buffer.from(zipSync({ 'disclosure.pdf': new Uint8Array(pdf), ...files }))
}

async function picturesOf(submissionId: string): Promise<Uint8Array[]> {
  const pages = await Page.query()
    .where({ submissionId, state: 'matched' })
    .whereNull('erasedAt')
    .orderBy('formPage')
  return Promise.all(
    pages.map(async (page) => {
      const sealer = await openSealer(page.dataKeyId)
      return new Uint8Array(await readSealedFile(sealer, page.registeredImage ?? page.image))
    })
  )
}

/** Lists what happened to a request, without who of the staff did it. */
function historyOf(submissionId: string): Promise<{ verb: string; at: Date }[]> {
  return db
    .from('events')
    .where('submission_id', submissionId)
    .orderBy('sequence')
    .select('verb', 'at')
}

function momentOf(moment: Date): string {
  const [date, time] = wallTime(moment).split('T')
  return `${eraAndYear(date)} ${time}`
}
