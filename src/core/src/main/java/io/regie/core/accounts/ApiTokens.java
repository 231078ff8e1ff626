package io.regie.core.accounts;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class ApiTokens implements PanacheRepositoryBase<ApiToken, UUID> {

    List<ApiToken> of(UUID account) {
        return list("account = ?1 order by created desc", account);
    }

    boolean delete(UUID account, UUID id) {
        return delete("account = ?1 and id = ?2", account, id) > 0;
    }

    void deleteAllOf(UUID account) {
        delete("account", account);
    }
}
