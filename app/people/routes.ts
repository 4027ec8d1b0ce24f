import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/login', [controllers.people.Sessions, 'create'])
  .use([middleware.everybody(), middleware.guest()])
  .as('login')
router.post('/login', [controllers.people.Sessions, 'store']).use(middleware.everybody())
router.post('/locale', [controllers.people.Locales, 'update']).use(middleware.everybody())
router.post('/logout', [controllers.people.Sessions, 'destroy']).use(middleware.may('home.see'))
router.get('/session', [controllers.people.Sessions, 'show']).use(middleware.may('home.see'))
