import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import Mailing from '#app/mailings/mailing'
import Template from '#app/mailings/templates/template'
import { visibleTo } from '#app/people/client_scope'

const id = router.matchers.uuid()

router
  .group(() => {
    router
      .group(() => {
        router.get('/', [controllers.mailings.templates.LetterTemplates, 'index'])
        router.post('/', [controllers.mailings.templates.LetterTemplates, 'store'])
        router.get('/new', [controllers.mailings.templates.LetterTemplates, 'create'])
        router.post('/preview', [controllers.mailings.templates.LetterTemplates, 'preview'])
        router.get('/:id', [controllers.mailings.templates.LetterTemplates, 'edit']).where('id', id)
        router
          .post('/:id', [controllers.mailings.templates.LetterTemplates, 'update'])
          .where('id', id)
        router
          .post('/:id/closing', [controllers.mailings.templates.LetterTemplates, 'close'])
          .where('id', id)
        router
          .group(() => {
            router.get('/', [controllers.mailings.forms.LetterForms, 'show'])
            router.post('/', [controllers.mailings.forms.LetterForms, 'store'])
            router.get('/pages/:page', [controllers.mailings.forms.FormPictures, 'blank'])
            router.get('/examples/:page', [controllers.mailings.forms.FormPictures, 'example'])
            router.post('/places', [controllers.mailings.forms.LetterForms, 'addPlace'])
            router.post('/places/:place', [controllers.mailings.forms.LetterForms, 'changePlace'])
            router.post('/places/:place/removal', [
              controllers.mailings.forms.LetterForms,
              'removePlace',
            ])
            router.post('/use', [controllers.mailings.forms.LetterForms, 'attach'])
            router.post('/removal', [controllers.mailings.forms.LetterForms, 'detach'])
          })
          .prefix('/:id/form')
          .where('id', id)
          .where('page', router.matchers.number())
      })
      .prefix('/letter-templates')
    router
      .get('/orders/:id/mailings/new', [controllers.mailings.Mailings, 'create'])
      .where('id', id)
    router.post('/orders/:id/mailings', [controllers.mailings.Mailings, 'store']).where('id', id)
    router
      .group(() => {
        router.post('/list', [controllers.mailings.list.Lists, 'store'])
        router.post('/columns', [controllers.mailings.list.Lists, 'match'])
        router.post('/comparison', [controllers.mailings.list.Lists, 'confirm'])
        router.post('/submission', [controllers.mailings.Mailings, 'submit'])
        router.post('/approval', [controllers.mailings.Mailings, 'approve'])
        router.post('/return', [controllers.mailings.Mailings, 'sendBack'])
        router.post('/cancellation', [controllers.mailings.Mailings, 'cancel'])
        router.get('/proofs/:which', [controllers.mailings.list.Lists, 'proof'])
        router.get('/form/pages/:page', [controllers.mailings.forms.FormPictures, 'kept'])
      })
      .prefix('/mailings/:id')
      .where('id', id)
  })
  .use(middleware.may('orders.commission'))

router
  .group(() => {
    router.get('/mailings/:id', [controllers.mailings.Mailings, 'show']).where('id', id)
    router.get('/mailings/:id/report', [controllers.mailings.Mailings, 'report']).where('id', id)
  })
  .use(middleware.may('orders.see'))
router
  .post('/mailings/:id/runs', [controllers.mailings.Mailings, 'plan'])
  .where('id', id)
  .use(middleware.may('letters.print'))

transmit.authorize<{ id: string }>('letter-templates/:id', async ({ auth }, params) =>
  auth.user?.may('orders.commission')
    ? (await visibleTo(Template.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
transmit.authorize<{ id: string }>('mailings/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(Mailing.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
