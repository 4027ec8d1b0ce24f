import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import ServiceDraft from '#app/studio/service_draft'
import { visibleTo } from '#app/people/client_scope'

router
  .group(() => {
    router.get('/form', [controllers.studio.paper.Papers, 'create'])
    router.get('/form.pdf', [controllers.studio.paper.Papers, 'show'])
    router.post('/form', [controllers.studio.paper.Papers, 'store'])
    router.post('/form/removal', [controllers.studio.paper.Papers, 'destroy'])
    router.get('/places', [controllers.studio.paper.Places, 'index'])
    router.post('/places', [controllers.studio.paper.Places, 'store'])
    router.post('/places/:id', [controllers.studio.paper.Places, 'update'])
    router.post('/places/:id/removal', [controllers.studio.paper.Places, 'destroy'])
    router.get('/trial', [controllers.studio.paper.Trials, 'create'])
    router.post('/trial', [controllers.studio.paper.Trials, 'store'])
  })
  .prefix('/services/:slug/draft')
  .where('slug', /^[a-z][a-z0-9-]*$/)
  .where('id', /^[a-z0-9]+$/)
  .use(middleware.may('services.define'))

transmit.authorize<{ slug: string }>('drafts/:slug', async ({ auth }, { slug }) =>
  auth.user
    ? (await visibleTo(ServiceDraft.query(), auth.user).where('slug', slug).first()) !== null
    : false
)
