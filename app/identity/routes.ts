import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .get('/login', [controllers.identity.Sessions, 'create'])
  .use([middleware.everybody(), middleware.guest()])
  .as('login')
router.post('/login', [controllers.identity.Sessions, 'store']).use(middleware.everybody())
router.post('/locale', [controllers.identity.Locales, 'update']).use(middleware.everybody())
router.post('/logout', [controllers.identity.Sessions, 'destroy']).use(middleware.may('home.see'))
router.get('/session', [controllers.identity.Sessions, 'show']).use(middleware.may('home.see'))
router.get('/', [controllers.identity.Home, 'index']).use(middleware.may('home.see')).as('home')
