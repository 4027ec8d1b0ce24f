import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import ServiceDraft from '#app/catalog/service_draft'
import { visibleTo } from '#app/identity/client_scope'

router
  .group(() => {
    router.get('/form', [controllers.forms.Papers, 'create'])
    router.get('/form.pdf', [controllers.forms.Papers, 'show'])
    router.post('/form', [controllers.forms.Papers, 'store'])
    router.post('/form/removal', [controllers.forms.Papers, 'destroy'])
    router.get('/places', [controllers.forms.Places, 'index'])
    router.post('/places', [controllers.forms.Places, 'store'])
    router.post('/places/:id', [controllers.forms.Places, 'update'])
    router.post('/places/:id/removal', [controllers.forms.Places, 'destroy'])
    router.get('/trial', [controllers.forms.Trials, 'create'])
    router.post('/trial', [controllers.forms.Trials, 'store'])
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
