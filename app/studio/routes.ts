import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const PAGE_NUMBER = /^[1-9]\d?$/
const PICTURE_NAME = /^example_[0-9a-f]+\.png$/

router
  .group(() => {
    router.get('/', [controllers.studio.Services, 'index'])
    router.post('/', [controllers.studio.Services, 'store'])
    router.get('/kits', [controllers.studio.Services, 'index']).as('services.after_kit')
    router.post('/kits', [controllers.studio.Kits, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.studio.Services, 'show'])
        router.get('/kit.zip', [controllers.studio.Kits, 'show'])
        router
          .get('/pages/:number', [controllers.studio.Previews, 'published'])
          .where('number', PAGE_NUMBER)
        router.post('/draft', [controllers.studio.Drafts, 'store'])
        router.get('/draft', [controllers.studio.Drafts, 'show'])
        router.post('/draft/removal', [controllers.studio.Drafts, 'destroy'])
        router
          .get('/draft/pages/:number', [controllers.studio.Previews, 'draft'])
          .where('number', PAGE_NUMBER)
        router.post('/draft/paper', [controllers.studio.Drafts, 'paper'])
        router.post('/draft/groups/:key', [controllers.studio.DraftGroups, 'store'])
        router.post('/draft/groups/:key/moves', [controllers.studio.DraftGroups, 'move'])
        router.post('/draft/groups/:key/removal', [controllers.studio.DraftGroups, 'destroy'])
        router.get('/draft/fields/:key', [controllers.studio.DraftFields, 'edit'])
        router.post('/draft/fields/:key', [controllers.studio.DraftFields, 'store'])
        router.post('/draft/fields/:key/moves', [controllers.studio.DraftFields, 'move'])
        router.post('/draft/fields/:key/removal', [controllers.studio.DraftFields, 'destroy'])
        router.post('/draft/fields/:key/examples', [controllers.studio.Examples, 'store'])
        router.post('/draft/fields/:key/examples/:name/removal', [
          controllers.studio.Examples,
          'destroy',
        ])
        router.get('/draft/rules', [controllers.studio.DraftRules, 'edit'])
        router.post('/draft/rules', [controllers.studio.DraftRules, 'update'])
        router.get('/draft/letters/:kind', [controllers.studio.DraftLetters, 'edit'])
        router.post('/draft/letters/:kind', [controllers.studio.DraftLetters, 'update'])
        router.get('/draft/publication', [controllers.studio.Publications, 'create'])
        router.post('/draft/publication', [controllers.studio.Publications, 'store'])
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
  .get('/services/:slug/examples/:name', [controllers.studio.Examples, 'show'])
  .where('name', PICTURE_NAME)
  .use(middleware.may('guide.see'))
