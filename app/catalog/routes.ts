import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const PAGE_NUMBER = /^[1-9]\d?$/
const PICTURE_NAME = /^example_[0-9a-f]+\.png$/

router
  .group(() => {
    router.get('/', [controllers.catalog.Services, 'index'])
    router.post('/', [controllers.catalog.Services, 'store'])
    router.get('/kits', [controllers.catalog.Services, 'index']).as('services.after_kit')
    router.post('/kits', [controllers.catalog.Kits, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.catalog.Services, 'show'])
        router.get('/kit.zip', [controllers.catalog.Kits, 'show'])
        router
          .get('/pages/:number', [controllers.catalog.Previews, 'published'])
          .where('number', PAGE_NUMBER)
        router.post('/draft', [controllers.catalog.Drafts, 'store'])
        router.get('/draft', [controllers.catalog.Drafts, 'show'])
        router.post('/draft/removal', [controllers.catalog.Drafts, 'destroy'])
        router
          .get('/draft/pages/:number', [controllers.catalog.Previews, 'draft'])
          .where('number', PAGE_NUMBER)
        router.post('/draft/paper', [controllers.catalog.Drafts, 'paper'])
        router.post('/draft/groups/:key', [controllers.catalog.DraftGroups, 'store'])
        router.post('/draft/groups/:key/moves', [controllers.catalog.DraftGroups, 'move'])
        router.post('/draft/groups/:key/removal', [controllers.catalog.DraftGroups, 'destroy'])
        router.get('/draft/fields/:key', [controllers.catalog.DraftFields, 'edit'])
        router.post('/draft/fields/:key', [controllers.catalog.DraftFields, 'store'])
        router.post('/draft/fields/:key/moves', [controllers.catalog.DraftFields, 'move'])
        router.post('/draft/fields/:key/removal', [controllers.catalog.DraftFields, 'destroy'])
        router.post('/draft/fields/:key/examples', [controllers.catalog.Examples, 'store'])
        router.post('/draft/fields/:key/examples/:name/removal', [
          controllers.catalog.Examples,
          'destroy',
        ])
        router.get('/draft/rules', [controllers.catalog.DraftRules, 'edit'])
        router.post('/draft/rules', [controllers.catalog.DraftRules, 'update'])
        router.get('/draft/letters/:kind', [controllers.catalog.DraftLetters, 'edit'])
        router.post('/draft/letters/:kind', [controllers.catalog.DraftLetters, 'update'])
        router.get('/draft/publication', [controllers.catalog.Publications, 'create'])
        router.post('/draft/publication', [controllers.catalog.Publications, 'store'])
      })
      .prefix('/:slug')
      .where('slug', /^[a-z][a-z0-9-]*$/)
      .where('number', router.matchers.number())
      .where('key', /^[a-z][a-z0-9_]*$/)
      .where('kind', /^[a-z_]+$/)
      .where('name', PICTURE_NAME)
  })
  .prefix('/services')
  .use(middleware.may('services.define'))

router
  .get('/services/:slug/examples/:name', [controllers.catalog.Examples, 'show'])
  .where('name', PICTURE_NAME)
  .use(middleware.may('guide.see'))
