import { Client } from '#bench/client'
import { generateForms, uploadUntilKeyed } from '#bench/forms'
import { allProcesses, ourProgram } from '#bench/processes'
import { report } from '#bench/report'

const FORMS = 5
const SEED = 77

/** Memory of web and worker after work, the weight of the operator's screen, and how long a warm start takes. */
export async function benchFootprint(): Promise<void> {
  const { files } = await generateForms(FORMS, SEED)
  await uploadUntilKeyed(files)
  const kilobytes = await operatorScreenKilobytes()
  report('footprint', { name: 'web_mb', value: resident('bin/server.ts'), unit: 'MB' })
  report('footprint', { name: 'worker_mb', value: resident('bin/worker.ts'), unit: 'MB' })
  report('footprint', { name: 'operator_screen_kb', value: kilobytes, unit: 'KB' })
  report('footprint', { name: 'warm_start_s', value: Number(process.env.WARM_START_S), unit: 's' })
}

/** Resident memory of a program of the installation and of its children, MB. */
function resident(program: string): number {
  const main = ourProgram(program)
  return [main, ...allProcesses().filter((one) => one.parent === main.pid)].reduce(
    (sum, one) => sum + one.megabytes,
    0
  )
}

/** Everything that the keying screen loads when nothing is in the browser's cache. */
async function operatorScreenKilobytes(): Promise<number> {
  const client = await Client.login('operator1')
  await client.send('GET', '/work')
  const { location } = await client.send(
    'POST',
    '/work/assignments',
    new URLSearchParams({ kind: 'key' })
  )
  if (!location || location === '/work')
    throw new Error('No task waits: run the suite "path" before "footprint"')
  const { bytes } = await client.send('GET', location)
  const parts = [
    ...bytes
      .toString('utf8')
      .matchAll(/(?:src|href)="(\/assets\/[^"]+|\/work\/assignments\/[^"]+\/snippet)"/g),
  ].map((match) => match[1])
  let total = bytes.length
  for (const part of new Set(parts)) total += (await client.send('GET', part)).bytes.length
  return total / 1000
}
