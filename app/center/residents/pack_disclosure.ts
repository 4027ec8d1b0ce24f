import { zipSync } from 'fflate'
import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import { show } from '#app/catalog/field_values'
import { frozenVersion } from '#app/catalog/frozen_version'
import { residentRecords } from '#app/submissions/resident_records'
import type Disclosure from '#app/center/residents/disclosure'
import Page from '#app/intake/page'
import Organization from '#app/people/organization'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { latestValues } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { today, wallTime } from '#app/core/clock'
import { eraAndYear, eraMoment } from '#app/core/japanese_calendar'
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
  for (const submission of submissions) {
    const version = await frozenVersion(submission.serviceVersionId)
    const latest = await latestValues(submission)
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
        eraMoment(wallTime(at)),
        words.t(`events.${verb}`, {}, verb),
      ]),
      pictures: pictures.length,
    })
  }
  let found = submissions.length
  for (const one of await recordsNamed(user, disclosure)) {
    found++
    sections.push({
      title: `${words.t(`residents.of_${one.record}`)} (${eraMoment(wallTime(one.at))})`,
      rows: one.says.map(([key, value]) => [words.t(`residents.fact_${key}`, {}, key), value]),
      history: [],
      pictures: 0,
    })
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

/** Opens what a disclosure names beside requests, as far as it is still there and somebody may see it. */
async function recordsNamed(user: User, { clientId, named }: Disclosure) {
  const kinds = residentRecords.all().filter(({ ofCenter }) => !ofCenter || user.worksForCenter)
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const only = named.filter(({ record }) => record === kind.name).map(({ id }) => id)
      if (only.length === 0) return []
      const { seesProtected } = user
      const records = await kind.find({ clientId, facts: [], seesProtected, only })
      return records.map((one) => ({ record: kind.name, ...one }))
    })
  )
  return found.flat()
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
