import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Description } from '#app/catalog/description'
import { demoRegister } from '#app/samples/demo_register'
import { today } from '#app/core/clock'
import { asPdf, asTiff, makeSample } from '#app/samples/make_sample'

/** Writes the demo's files: PDF, TIFF, JPEG and PNG, one form and several in a file; true values, and registers. */
export async function writeDemoSamples(
  description: Description,
  version: number,
  folder: string
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const sample = (seed: number, given: Record<string, string> = {}) =>
    makeSample(description, version, seed, today(), given)
  const keep = (name: string, content: Buffer | string) => writeFile(join(folder, name), content)
  const truth = (values: Record<string, string>) =>
    JSON.stringify({ service: description.slug, version, values }, null, 2)

  const yamada = await sample(11, {
    name: '山田 はるゑ',
    name_kana: 'ヤマダ ハルエ',
    birth_date: '1944-05-03',
    watchword: 'あさがお',
  })
  await keep('01-one-form.pdf', await asPdf(yamada.pages))
  await keep('01-one-form.json', truth(yamada.values))

  const takahashi = await sample(12, {
    name: '髙橋 勲',
    name_kana: 'タカハシ イサオ',
    birth_date: '1926-01-02',
  })
  await keep('02-fax.tiff', await asTiff(takahashi.pages))
  await keep('02-fax.json', truth(takahashi.values))

  const stack = [await sample(13), await sample(14), await sample(15)]
  await keep('03-three-forms.pdf', await asPdf(stack.flatMap((one) => one.pages)))
  for (const [index, one] of stack.entries())
    await keep(`03-three-forms-${index + 1}.json`, truth(one.values))

  const yoshizawa = await sample(16, {
    name: '𠮷澤 淳',
    name_kana: 'ヨシザワ ジュン',
    birth_date: '1947-11-20',
  })
  await keep('04-front.jpg', yoshizawa.pages[0])
  await keep(
    '04-back.png',
    await sharp(yoshizawa.pages[1]).png({ palette: true, colours: 16 }).toBuffer()
  )
  await keep('04-front-and-back.json', truth(yoshizawa.values))

  const { full, changes } = demoRegister()
  await keep('05-register.csv', full)
  await keep('06-register-changes.csv', changes)
}

/** Two filled-in forms of a service in one file, with their true values beside; returns these. */
export async function writeTwoForms(
  description: Description,
  version: number,
  path: string
): Promise<Record<string, string>[]> {
  const forms = [
    await makeSample(description, version, 21, today()),
    await makeSample(description, version, 22, today()),
  ]
  await writeFile(`${path}.pdf`, await asPdf(forms.flatMap((form) => form.pages)))
  const values = forms.map((form) => form.values)
  await writeFile(
    `${path}.json`,
    JSON.stringify({ service: description.slug, version, values }, null, 2)
  )
  return values
}
