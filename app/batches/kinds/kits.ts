import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import type { Text } from '#app/catalog/description'
import type { AnswerField, WorkDefinition } from '#app/batches/kinds/work_definition'

interface KitField extends Omit<AnswerField, 'label' | 'options'> {
  label: Text
  options?: Text[]
}

/** A kind of work that comes with the product, in both languages. */
interface Kit extends Omit<
  WorkDefinition,
  'name' | 'instructions' | 'fields' | 'pictures' | 'calls'
> {
  name: Text
  about: Text
  instructions: Text
  fields: KitField[]
  calls?: { again: Text; never: Text }
}

const folder = () => app.makePath('resources/work')

/** Lists the kinds of work that come with the product. */
export async function listKits(
  locale: 'ja' | 'en'
): Promise<{ slug: string; name: string; about: string }[]> {
  const files = (await readdir(folder())).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => {
      const { name, about } = await readKit(basename(file, '.json'))
      return { slug: basename(file, '.json'), name: name[locale], about: about[locale] }
    })
  )
}

/** One of them as a leader would write it; null where there is none of that name. */
export async function kitDefinition(
  slug: string,
  locale: 'ja' | 'en'
): Promise<WorkDefinition | null> {
  if (!(await listKits(locale)).some((kit) => kit.slug === slug)) return null
  const { name, about, instructions, fields, calls, ...rest } = await readKit(slug)
  return {
    ...rest,
    name: name[locale],
    instructions: instructions[locale],
    pictures: [],
    calls: calls ? { again: calls.again[locale], never: calls.never[locale] } : null,
    fields: fields.map((field) => ({
      ...field,
      label: field.label[locale],
      options: field.options?.map((option) => option[locale]),
    })),
  }
}

async function readKit(slug: string): Promise<Kit> {
  return JSON.parse(await readFile(join(folder(), `${slug}.json`), 'utf8')) as Kit
}
