// An app of Backstage that is the page of projects/page.
import './main.mjs';
