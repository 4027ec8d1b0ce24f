import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { Client } from '#bench/client'
import Service from '#app/catalog/service'
import { newestVersion } from '#app/catalog/frozen_version'
import { asPdf, makeSample } from '#app/samples/make_sample'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'

/** every group of the form is keyed twice */
const TASKS_PER_FORM = 10

/** Filled-in, scanned-looking forms as PDF, a file each. */
export async function generateForms(
  count: number,
  seed: number
): Promise<{ files: Buffer[]; pages: number }> {
  const service = await Service.findByOrFail('slug', 'vaccination')
  const version = await newestVersion(service.id)
  const files: Buffer[] = []
  for (let index = 0; index < count; index++) {
    const sample = await makeSample(version.description, version.number, seed + index, today())
    files.push(await asPdf(sample.pages))
  }
  return { files, pages: count * version.description.pageCount }
}

/** Uploads forms over HTTP and waits until all of them wait for keyers; how long that took (seconds). */
export async function uploadUntilKeyed(files: Buffer[]): Promise<number> {
  const service = await Service.findByOrFail('slug', 'vaccination')
  const client = await Client.login('madoguchi')
  await client.send('GET', '/scans')
  const wanted = (await waitingTasks()) + files.length * TASKS_PER_FORM
  const began = performance.now()
  for (const [index, file] of files.entries()) {
    const form = new FormData()
    form.set('service_id', service.id)
    form.set('upload_key', newId())
    form.append('files[]', new Blob([new Uint8Array(file)]), `${index}.pdf`)
    await client.send('POST', '/scans', form)
  }
  while ((await waitingTasks()) < wanted) await sleep(100)
  return (performance.now() - began) / 1000
}

async function waitingTasks(): Promise<number> {
  const { count } = await db.from('tasks').where('kind', 'key').count('* as count').firstOrFail()
  return Number(count)
}
