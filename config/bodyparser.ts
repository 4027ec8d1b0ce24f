import { defineConfig } from '@adonisjs/core/bodyparser'
import { MAX_SCAN_BYTES } from '#app/reading/limits'

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    types: ['application/x-www-form-urlencoded'],
    // An export layout has a row for each column.
    queryString: { arrayLimit: 300 },
  },
  json: { convertEmptyStringsToNull: true, types: ['application/json'] },
  multipart: {
    // Files are taken in these places only.
    autoProcess: [
      '/scans',
      '/register',
      '/orders/:id/scans',
      '/batches/:id/files',
      '/mailings/:id/list',
      '/letter-templates/:id/form',
      '/batches/:id/table',
      '/work/assignments/:id/files',
      '/work-kinds/:id/pictures',
      '/services/kits',
      '/ledger',
      '/people/import',
      '/roles/import',
      '/organizations/import',
      '/operators/import',
      '/bus-stops/import',
      '/postcodes',
      '/print-runs',
      '/services/:slug/draft/form',
      '/services/:slug/draft/trial',
      '/services/:slug/draft/fields/:key/examples',
    ],
    processManually: [],
    convertEmptyStringsToNull: true,
    // One file more than the limit must arrive whole, so that it can be refused by name.
    limit: 12 * MAX_SCAN_BYTES,
    maxFields: 200,
    types: ['multipart/form-data'],
  },
})
