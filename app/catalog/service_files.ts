import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { checkService } from '#app/catalog/check_service'
import { KitRefused } from '#app/catalog/kit_refused'
import type { ServiceFiles } from '#app/catalog/description'

/** The files of a service's kit, and which part of its definition each holds. */
export const KIT_FILES = {
  'keying_guide.json': 'guide',
  'replies.json': 'replies',
  'call_script.json': 'callScript',
  'desk_script.json': 'deskScript',
  'own_paper.json': 'ownPaper',
} as const
export const SERVICE_FILE = 'service.json'
/** The blank form: of a service on a city's own paper, the very file that the city has. */
export const FORM_FILE = 'form.pdf'

/** What a service may do without. */
const OPTIONAL: string[] = ['desk_script.json', 'own_paper.json']

/** Reads a file of a kit. @throws when there is none */
export type ReadFile = (name: string) => Promise<Buffer>

/** The files in a folder. */
export function filesIn(...folder: [string, ...string[]]): ReadFile {
  return (name) => readFile(join(...folder, name))
}

/**
 * Reads a service from the files in resources/services/<slug>/.
 * @throws {KitRefused}
 */
export function readServiceFiles(slug: string): Promise<ServiceFiles> {
  return readKit(filesIn(app.makePath('resources/services', slug)))
}

/**
 * Reads a service from its kit, file by file.
 * @throws {KitRefused}
 */
export async function readKit(read: ReadFile): Promise<ServiceFiles> {
  const parsed = async (name: string): Promise<unknown> => {
    const content = await read(name).catch(() => null)
    if (content === null && OPTIONAL.includes(name)) return undefined
    if (content === null) throw new KitRefused('no_file', name, 'there is no such file')
    try {
      return JSON.parse(content.toString('utf8'))
    } catch {
      throw new KitRefused('not_json', name, 'this is not JSON')
    }
  }
  const service = await parsed(SERVICE_FILE)
  const parts = await Promise.all(
    Object.entries(KIT_FILES).map(async ([name, part]) => [part, await parsed(name)] as const)
  )
  return checkService({ ...(isObject(service) ? service : {}), ...Object.fromEntries(parts) })
}

/** The files that hold a service, as text. */
export function kitOf(files: ServiceFiles): Map<string, string> {
  const { guide, replies, callScript, deskScript, ownPaper, ...service } = files
  const parts = { guide, replies, callScript, deskScript, ownPaper }
  const asText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  return new Map([
    [SERVICE_FILE, asText(service)],
    ...Object.entries(KIT_FILES).flatMap(([name, part]): [string, string][] =>
      parts[part] ? [[name, asText(parts[part])]] : []
    ),
  ])
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
