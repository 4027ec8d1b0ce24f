import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { Client } from '#bench/client'
import { allProcesses, ourProgram } from '#bench/processes'
import { report } from '#bench/report'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { Decoder } from '#app/reading/decoding/decoder'
import { newId } from '#app/core/ids'

const SENDERS = 4
const LOOK_EVERY_MS = 250
/** Nothing has moved for so long (ms): what is open then stays so. */
const STALLED_MS = 300_000

interface Sent {
  path: string
  /** of its scan; null when it was turned away at the door, undefined when it could not be sent */
  scanId: string | null | undefined
}

/**
 * Sends every file of a folder through intake, all at once, and counts what became of them. A file that opens alone
 * must open in company.
 */
export async function benchHostile(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const watch = watchInstallation()
  const sent = await sendAll(paths)
  await untilThrough()
  const { p95, childMb } = await watch.stop()
  const open = await db.from('scans').whereIn('state', ['received', 'decoded']).select('id')
  const lost = sent.filter(({ scanId }) => scanId === undefined)
  const figures = {
    files: paths.length,
    unfinished: open.length + lost.length,
    innocents_refused: await innocents(sent),
    web_p95_ms: p95,
    child_mb: childMb,
  }
  const units = { web_p95_ms: 'ms', child_mb: 'MB' }
  for (const [name, value] of Object.entries(figures))
    report('hostile', { name, value, unit: units[name as keyof typeof units] ?? 'files' })
}

async function sendAll(paths: string[]): Promise<Sent[]> {
  const left = [...paths]
  const sent: Sent[] = []
  const service = await db.from('services').where('slug', 'vaccination').firstOrFail()
  const send = async () => {
    const desk = await Client.login('madoguchi')
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      const form = new FormData()
      form.set('service_id', service.id)
      form.set('upload_key', newId())
      form.append('files[]', new Blob([new Uint8Array(await readFile(path))]), 'scan')
      const answer = await desk.send('POST', '/scans', form).catch(() => null)
      const file: { url?: string } | undefined =
        answer && JSON.parse(answer.bytes.toString('utf8')).files[0]
      sent.push({ path, scanId: file && (file.url?.split('/').at(-1) ?? null) })
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, send))
  return sent
}

/** Waits until every scan is through, or nothing moves any more. */
async function untilThrough(): Promise<void> {
  let last = { events: -1, at: performance.now() }
  for (;;) {
    const open = await db.from('scans').whereIn('state', ['received', 'decoded']).first()
    if (!open) return
    const { sequence } = await db.from('events').max('sequence as sequence').firstOrFail()
    if (sequence !== last.events) last = { events: sequence, at: performance.now() }
    else if (performance.now() - last.at > STALLED_MS) return
    await sleep(1000)
  }
}

/** Files that were refused in company though a decoder of their own opens them. */
async function innocents(sent: Sent[]): Promise<number> {
  const refused = new Set(
    (await db.from('scans').where('state', 'refused').select('id')).map((row) => row.id)
  )
  let count = 0
  for (const { path, scanId } of sent) {
    if (scanId === undefined || (scanId && !refused.has(scanId))) continue
    const content = await readFile(path)
    if (content.length > MAX_SCAN_BYTES) continue
    const decoder = new Decoder()
    const alone = await decoder.decode(content, async () => {}).catch(() => ({ ok: false }))
    decoder.close()
    if (!alone.ok) continue
    console.error(`refused in company: ${path}`)
    count++
  }
  return count
}

/** Measures how long somebody at a screen waits meanwhile, and how large the decoding child becomes. */
function watchInstallation() {
  const took: number[] = []
  let childMb = 0
  let stopped = false
  const look = async () => {
    const desk = await Client.login('leader')
    while (!stopped) {
      const began = performance.now()
      await desk.send('GET', '/scans').catch(() => {})
      took.push(performance.now() - began)
      const { pid } = ourProgram('bin/worker.ts')
      for (const one of allProcesses())
        if (one.parent === pid && one.command.includes('decoding/child'))
          childMb = Math.max(childMb, one.megabytes)
      await sleep(LOOK_EVERY_MS)
    }
  }
  const looking = look()
  return {
    async stop() {
      stopped = true
      await looking
      took.sort((a, b) => a - b)
      return { p95: took[Math.floor(took.length * 0.95)] ?? 0, childMb }
    },
  }
}
