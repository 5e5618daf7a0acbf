/** Takes secrets out of arguments and addresses before anybody may see them. */

const CREDENTIALS_IN_URL = /(\/\/)[^/\s?#]*@/g;
const SECRET_ASSIGNMENT =
  /((?:_authtoken|_auth|_password|password|passwd|token|secret|apikey|api_key|api-key)=)[^&\s]+/gi;

/** `text` with the user and password of every address, and the value of every token or password setting, as `***`. */
export function redact(text: string): string {
  return text.replace(CREDENTIALS_IN_URL, '$1***@').replace(SECRET_ASSIGNMENT, '$1***');
}
