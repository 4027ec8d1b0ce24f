import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router.get('/', [controllers.center.Home, 'index']).use(middleware.may('home.see')).as('home')
