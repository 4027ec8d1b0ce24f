import { existsSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { defineConfig, formatters, loaders } from '@adonisjs/i18n'
import { extensions } from '#app/core/extensions'

const extensionLanguages = extensions()
  .map(({ folder }) => join(folder, 'lang'))
  .filter((folder) => existsSync(folder))

export default defineConfig({
  defaultLocale: 'ja',
  supportedLocales: ['ja', 'en'],
  formatter: formatters.icu(),
  loaders: [app.languageFilesPath(), ...extensionLanguages].map((location) =>
    loaders.fs({ location })
  ),
})
