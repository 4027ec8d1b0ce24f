import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { ServiceFiles } from '#app/catalog/description'
import { KitRefused } from '#app/catalog/kit_refused'
import type { ReadFile } from '#app/catalog/service_files'
import type { Queries } from '#app/core/queries'

/** The pictures in a keying guide's examples: PNG by name. */
export type Pictures = Map<string, Buffer>

/** px and bytes; what fits beside the snippet that is keyed */
export const PICTURE = { width: 800, height: 240, bytes: 100_000 } as const
/** of one service */
export const MAX_PICTURES = 60

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A picture is named by what is in it: the same one twice is one file. */
export function pictureName(image: Buffer): string {
  return `example_${createHash('sha256').update(image).digest('hex').slice(0, 16)}.png`
}

/**
 * The pictures of a kit, and its definition naming them as they are named here. They are never opened: only
 * browsers draw them.
 * @throws {KitRefused} when one is missing, is no PNG or is too large
 */
export async function picturesOfKit(
  files: ServiceFiles,
  read: ReadFile
): Promise<{ files: ServiceFiles; pictures: Pictures }> {
  const pictures: Pictures = new Map()
  const examples = []
  for (const example of files.guide.examples ?? []) {
    const image = await read(example.picture).catch(() => {
      throw new KitRefused('no_file', example.picture, 'there is no such file')
    })
    if (!isSmallPng(image))
      throw new KitRefused('not_a_picture', example.picture, 'this is no small PNG')
    const picture = pictureName(image)
    pictures.set(picture, image)
    examples.push({ ...example, picture })
  }
  if (examples.length === 0) return { files, pictures }
  return { files: { ...files, guide: { ...files.guide, examples } }, pictures }
}

/** Puts pictures away; the same ones again change nothing. */
export async function keepPictures(
  slug: string,
  pictures: Pictures,
  queries: Queries
): Promise<void> {
  for (const [name, image] of pictures)
    await queries
      .knexQuery()
      .insert({ slug, name, image })
      .into('guide_pictures')
      .onConflict(['slug', 'name'])
      .ignore()
}

/**
 * The pictures that a definition names.
 * @throws {KitRefused} when one is missing
 */
export async function picturesOf(files: ServiceFiles): Promise<Pictures> {
  const { slug } = files
  const names = pictureNames(files)
  const rows: { name: string; image: Buffer }[] = await db
    .from('guide_pictures')
    .where('slug', slug)
    .whereIn('name', names)
    .orderBy('name')
  const pictures = new Map(rows.map(({ name, image }) => [name, image]))
  const missing = names.find((name) => !pictures.has(name))
  if (missing) throw new KitRefused('no_file', missing, 'there is no such picture')
  return pictures
}

/** One picture of a service by its name. */
export async function pictureOf(slug: string, name: string): Promise<Buffer | null> {
  const row: { image: Buffer } | null = await db
    .from('guide_pictures')
    .where({ slug, name })
    .select('image')
    .first()
  return row && row.image
}

/** The pictures that a definition names. */
export function pictureNames({ guide }: Pick<ServiceFiles, 'guide'>): string[] {
  return (guide.examples ?? []).map((example) => example.picture)
}

/** Takes away the pictures of a service that no version names, but for some that are still wanted. */
export async function forgetUnusedPictures(
  slug: string,
  wanted: string[],
  queries: Queries
): Promise<void> {
  await queries.rawQuery(
    `delete from guide_pictures picture where slug = :slug and not picture.name = any(:wanted)
       and not exists (select 1 from service_versions version
         join services service on service.id = version.service_id where service.slug = :slug
         and version.description -> 'guide' -> 'examples' @> jsonb_build_array(jsonb_build_object('picture', picture.name)))`,
    { slug, wanted }
  )
}

/** Told by its head: the signature, and width and height in the first chunk. */
function isSmallPng(image: Buffer): boolean {
  return (
    image.length >= 33 &&
    image.length <= PICTURE.bytes &&
    image.subarray(0, 8).equals(PNG) &&
    image.readUInt32BE(16) <= PICTURE.width &&
    image.readUInt32BE(20) <= PICTURE.height
  )
}
