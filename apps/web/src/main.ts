import '@fontsource-variable/noto-sans-sc';
import './styles/base.css';
import './styles/print.css';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router.js';

createApp(App).use(router).mount('#app');
