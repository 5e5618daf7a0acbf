/** Decides by name which files of a repository promises may be about. */
import { baseName } from '../model/path.ts';
import { isCiPath } from './ci/read-ci.ts';
import { isExample, isSecretPath } from './secret-files.ts';
import { isSecurityTxt } from './security-txt.ts';

/** Manifests of the ecosystems that updaters know and no auditor here looks at. */
const MANIFEST =
  /^(?:.*dockerfile.*|.*containerfile.*|(?:docker-)?compose.*\.ya?ml|action\.ya?ml|go\.mod|Cargo\.toml|Gemfile|gems\.rb|.*\.gemspec|composer\.json|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|.*\.(?:tf|hcl)|\.gitmodules|pubspec\.yaml|Package\.swift|mix\.exs|elm\.json)$/i;

/** Whether a promise may be held against the file at `path`. */
export function isPromisePath(path: string): boolean {
  return (
    isCiPath(path) || isSecretPath(path) || isExample(path) || isSecurityTxt(path) || MANIFEST.test(baseName(path))
  );
}
