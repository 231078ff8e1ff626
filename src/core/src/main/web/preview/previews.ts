import { watchPreviews } from './hover';

watchPreviews();
