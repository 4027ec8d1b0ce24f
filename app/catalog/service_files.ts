import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { descriptionParts } from '#app/catalog/description_part'
import { checkService } from '#app/catalog/check_service'
import { KitRefused } from '#app/catalog/kit_refused'
import type { ServiceFiles } from '#app/catalog/description'

const SERVICE_FILE = 'service.json'
/** The blank form: of a service on a city's own paper, the very file that the city has. */
export const FORM_FILE = 'form.pdf'

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
  return readKit(filesIn(shippedFolder(slug)))
}

/** The folder of a service that comes with the product. */
export const shippedFolder = (slug: string) => app.makePath('resources/services', slug)

/** Lists the services that come with the product, to begin with; each is checked when it is taken. */
export async function shippedKits(): Promise<Pick<ServiceFiles, 'slug' | 'name'>[]> {
  const found = await readdir(app.makePath('resources/services'), { withFileTypes: true })
  const slugs = found.filter((one) => one.isDirectory()).map(({ name }) => name)
  return Promise.all(
    slugs.sort().map(async (slug) => {
      const content = await filesIn(shippedFolder(slug))(SERVICE_FILE)
      const { name } = JSON.parse(content.toString('utf8')) as Pick<ServiceFiles, 'name'>
      return { slug, name }
    })
  )
}

/**
 * Reads a service from its kit, file by file.
 * @throws {KitRefused}
 */
export async function readKit(read: ReadFile): Promise<ServiceFiles> {
  const parsed = async (name: string, optional = false): Promise<unknown> => {
    const content = await read(name).catch(() => null)
    if (content === null && optional) return undefined
    if (content === null) throw new KitRefused('no_file', name, 'there is no such file')
    try {
      return JSON.parse(content.toString('utf8'))
    } catch {
      throw new KitRefused('not_json', name, 'this is not JSON')
    }
  }
  const service = await parsed(SERVICE_FILE)
  const parts = await Promise.all(
    partFiles().map(async ({ name, holds, optional }) => [holds, await parsed(name, optional)])
  )
  return checkService({ ...(isObject(service) ? service : {}), ...Object.fromEntries(parts) })
}

/** The files of a kit that hold one part of the definition each. */
function partFiles() {
  return descriptionParts.all().flatMap((part) => part.file ?? [])
}

/** The files that hold a service, as text. */
export function kitOf(files: ServiceFiles): Map<string, string> {
  const apart = partFiles()
  const service = Object.fromEntries(
    Object.entries(files).filter(([property]) => !apart.some(({ holds }) => holds === property))
  )
  const asText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  return new Map([
    [SERVICE_FILE, asText(service)],
    ...apart.flatMap(({ name, holds }): [string, string][] =>
      files[holds] ? [[name, asText(files[holds])]] : []
    ),
  ])
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
