import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import sharp from 'sharp'
import { navigationFor } from '#app/people/navigation'
import { Screens } from '#tests/support/chromium'
import { forgetService } from '#tests/support/given_city_form'
import { givenEverything } from '#tests/support/given_everything'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'

const FOLDER = 'docs/images/screens'
const WIDTHS = [1280, 390]
/** Pixels that a picture keeps of each, so that a page of them loads. */
const KEPT = { 1280: 800, 390: 300 } as Record<number, number>
/** Screens that stand in no menu and name no record. */
const FURTHER = [
  '/account',
  '/people/new',
  '/people/import',
  '/roles/new',
  '/calendars/new',
  '/start',
  '/postcodes',
  '/residents',
  '/work/open',
  '/batches/new',
  '/work-kinds',
  '/work-kinds/new',
  '/teams',
  '/teams/new',
  '/letter-templates/new',
  '/mail/inbox',
  '/work/packs',
  '/work/recent',
  '/work/accuracy',
  '/work/hours',
  '/work/log',
  '/work/approvals',
  '/components',
]

interface Picture {
  title: string
  path: string
  name: string
}

/** Names a picture after its address, ids left out: `people`, `people-2`. */
function nameOf(path: string, used: Set<string>): string {
  const plain =
    path
      .split('?')[0]
      .split('/')
      .filter((part) => part && !/^[0-9a-f]{8}-|^\d{4}-\d\d-\d\d$/.test(part))
      .join('-') || 'home'
  for (let number = 1; ; number++) {
    const name = number === 1 ? plain : `${plain}-${number}`
    if (!used.has(name)) {
      used.add(name)
      return name
    }
  }
}

async function take(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 1280 ? 900 : 844 })
    await page.waitForLoadState('networkidle')
    await sharp(await page.screenshot())
      .resize({ width: KEPT[width] })
      .webp({ quality: 70 })
      .toFile(app.makePath(FOLDER, `${name}-${width}.webp`))
  }
}

function rowOf({ title, path, name }: Picture): string {
  const picture = (width: number) =>
    `<img src="images/screens/${name}-${width}.webp" width="${width === 1280 ? 560 : 170}" alt="${title}, ${width} px">`
  return `| ${title}<br>\`${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}\` | ${picture(1280)} | ${picture(390)} |`
}

test.group('Pictures of the screens', (group) => {
  group.each.setup(reset)
  group.teardown(() => forgetService('club'))

  test('are taken anew, with some of everything in them', async ({ assert }) => {
    const records = await givenEverything()
    const admin = await person('admin')
    const words = i18nManager.locale('en')
    const sections = [
      ...navigationFor(admin).map(({ name, items }) => ({
        title: words.t(`common.group_${name}`),
        paths: items.map((item) => item.name),
      })),
      { title: 'Further screens', paths: FURTHER },
      { title: 'Records', paths: records },
    ]
    rmSync(app.makePath(FOLDER), { recursive: true, force: true })
    mkdirSync(app.makePath(FOLDER), { recursive: true })
    const screens = await Screens.open()
    const page = await screens.of('admin')
    const { origin } = new URL(page.url())
    const seen = new Set<string>()
    const used = new Set<string>()
    const lines = [
      '# Screens',
      '',
      'Every screen at 1280 and at 390 pixels, as an administrator sees it. `npm run screens` takes the pictures anew and writes this page.',
    ]
    for (const { title, paths } of sections) {
      lines.push('', `## ${title}`, '', '| | 1280 px | 390 px |', '|---|---|---|')
      for (const path of paths) {
        if (seen.has(path)) continue
        seen.add(path)
        const answer = await page.goto(`${origin}${path}`)
        assert.equal(answer!.status(), 200, path)
        const picture = { title: await page.innerText('h1'), path, name: nameOf(path, used) }
        await take(page, picture.name)
        lines.push(rowOf(picture))
      }
    }
    await screens.close()
    writeFileSync(app.makePath('docs/screens.md'), `${lines.join('\n')}\n`)
  }).timeout(600_000)
})
