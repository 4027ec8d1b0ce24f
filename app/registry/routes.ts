import router from '@adonisjs/core/services/router'
import transmit from '@adonisjs/transmit/services/main'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { visibleTo } from '#app/people/client_scope'
import RegisterImport from '#app/registry/register_import'

router
  .group(() => {
    router.get('/', [controllers.registry.Register, 'index'])
    router.post('/', [controllers.registry.Register, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.registry.Register, 'show'])
        router.post('/taking', [controllers.registry.Register, 'take'])
        router.post('/dropping', [controllers.registry.Register, 'drop'])
      })
      .prefix('/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/register')
  .use([middleware.may('register.keep'), middleware.seen('register')])

const id = router.matchers.uuid()

router
  .group(() => {
    router.get('/stops', [controllers.registry.Stops, 'index']).use(middleware.seen('stops'))
    router.post('/stops', [controllers.registry.Stops, 'store'])
    router.post('/stops/:id/renewal', [controllers.registry.Stops, 'renew']).where('id', id)
    router.post('/stops/:id/ending', [controllers.registry.Stops, 'end']).where('id', id)
    router.post('/stops/questions/:id', [controllers.registry.Stops, 'answer']).where('id', id)
    router.post('/stops/numbers', [controllers.registry.RefusedNumbers, 'store'])
    router
      .get('/relatives', [controllers.registry.Relatives, 'index'])
      .use(middleware.seen('relatives'))
    router.post('/relatives', [controllers.registry.Relatives, 'store'])
    router
      .post('/relatives/:id/withdrawal', [controllers.registry.Relatives, 'withdraw'])
      .where('id', id)
  })
  .use(middleware.may('contact.stop'))
router
  .group(() => {
    router
      .get('/wishes', [controllers.registry.wishes.Wishes, 'index'])
      .use(middleware.seen('wishes'))
    router.post('/wishes', [controllers.registry.wishes.Wishes, 'store'])
    router
      .post('/wishes/:id/confirmation', [controllers.registry.wishes.Wishes, 'confirm'])
      .where('id', id)
    router.post('/wishes/:id/asking', [controllers.registry.wishes.Wishes, 'ask']).where('id', id)
    router.post('/wishes/:id/ending', [controllers.registry.wishes.Wishes, 'end']).where('id', id)
  })
  .use(middleware.may('wishes.keep'))
router
  .post('/stops/named', [controllers.registry.Stops, 'name'])
  .use(middleware.may('register.keep'))

transmit.authorize<{ id: string }>('register-imports/:id', async ({ auth }, params) =>
  auth.user
    ? (await visibleTo(RegisterImport.query(), auth.user).where('id', params.id).first()) !== null
    : false
)
