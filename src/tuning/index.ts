export { ProfileDrafting } from './drafting.js';
export {
  type BestCall,
  type Preview,
  type PreviewList,
  type PreviewedCall,
  ProfilePreview,
} from './preview.js';
export { SaveWarnings } from './save-warnings.js';
